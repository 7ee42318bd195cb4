public import Hummingbird
import NIOCore

/// What the service knows of a request beside the request.
public struct ServiceContext: RequestContext {
    /// Hummingbird's part.
    public var coreContext: CoreRequestContextStorage
    /// The address that asks; nil where it has none, as in tests.
    let address: String?

    /// Takes what the connection knows.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress
    }
}
