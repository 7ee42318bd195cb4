public import Output

/// Why a store of runs can't do what was asked for.
public struct TrackingError: RetainError, Equatable {
    /// What went wrong, as far as a program needs to tell apart.
    public enum Kind: Equatable, Sendable {
        /// There is no such thing.
        case notFound
        /// The name is taken.
        case alreadyExists
        /// What was asked for breaks a rule.
        case invalid
        /// Who asks is not known, or may not.
        case denied
        /// The store can't be reached, or does not answer as it should; another time it may.
        case unreachable
        /// The store does not know this kind of request.
        case unsupported
        /// The store is damaged, or of a form that this version does not know.
        case damaged
    }

    /// What went wrong.
    public let kind: Kind
    /// The store, without secrets.
    public let address: String
    /// What, why and how to fix it.
    public let problem: String

    /// Creates an error.
    public init(_ kind: Kind, at address: String, _ problem: String) {
        self.kind = kind
        self.address = address
        self.problem = problem
    }

    /// Whom to ask: the store, the call, or who damaged it.
    public var exitStatus: ExitStatus {
        switch kind {
        case .unreachable, .denied, .unsupported: .unavailable
        case .notFound, .alreadyExists, .invalid: .usage
        case .damaged: .badData
        }
    }

    /// One line: where, what, why, how to fix it.
    public var description: String { "\(address): \(problem)" }
}
