/// Where a model comes from, and may come from anew.
public struct ModelSource: Sendable {
    /// Names what is there now, so that nothing is read again for nothing.
    let identity: @Sendable () async throws -> String
    let load: @Sendable () async throws -> ServedModel
    /// What was there when the service began; nil where that is not known.
    let current: String?

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - current: What answers already.
    ///   - identity: Tells quickly what is there now.
    ///   - load: Reads it.
    public init(
        current: String? = nil,
        identity: @escaping @Sendable () async throws -> String,
        load: @escaping @Sendable () async throws -> ServedModel
    ) {
        self.current = current
        self.identity = identity
        self.load = load
    }
}
