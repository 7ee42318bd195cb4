public import Output

/// Why a campaign can't be planned, or is not the one that is on record.
public struct CampaignError: RetainError, Equatable {
    /// How a command ends that ends with this error.
    public let exitStatus: ExitStatus
    /// One line: what, where, how to fix it.
    public let description: String

    /// Creates an error.
    public init(_ exitStatus: ExitStatus, _ description: String) {
        self.exitStatus = exitStatus
        self.description = description
    }
}
