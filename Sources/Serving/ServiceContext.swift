public import Hummingbird
import NIOCore

/// What the service knows of a request beside the request.
public struct ServiceContext: RequestContext {
    /// Hummingbird's part.
    public var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel

    /// Takes what the connection knows.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
