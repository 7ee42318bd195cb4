/// Decides after each epoch whether training got better, may go on, or should stop.
///
/// Prechelt, "Early stopping — but when?", 1998: stop when the validation loss has not fallen for
/// `patience` epochs.
public struct EarlyStopping: Sendable {
    /// What to do after an epoch.
    public enum Decision: Equatable, Sendable {
        /// The best epoch so far: keep its weights.
        case improved
        /// Not better, but not yet long enough.
        case wait
        /// Not better for too long.
        case stop
    }

    private let patience: Int?
    private var best = Double.infinity
    private var epochsSinceBest = 0

    /// Creates the state before the first epoch.
    ///
    /// - Parameter patience: Epochs without improvement that stop training; nil never stops, and only
    ///   finds the best epoch.
    public init(patience: Int?) {
        self.patience = patience
    }

    /// Takes the next epoch's validation loss.
    public mutating func decide(_ loss: Double) -> Decision {
        guard !(loss < best) else {
            best = loss
            epochsSinceBest = 0
            return .improved
        }
        epochsSinceBest += 1
        guard let patience, epochsSinceBest >= patience else { return .wait }
        return .stop
    }
}
