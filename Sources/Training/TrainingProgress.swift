public import NeuralNetwork
private import Synchronization

/// How far training has come.
public struct TrainingProgress: Sendable {
    /// What is done at present.
    public let stage: Stage
    /// What of this stage is done, in units that take about as long: epochs over all its networks, trees, columns.
    public let done: Int
    /// All of this stage, in the same units, as far as can be told: how many trees there will be shows as they grow.
    public let total: Int
    /// The epoch that was done last; nil where it was something else.
    public let epoch: TrainingLoop.Epoch?

    /// What training does, in this order.
    public enum Stage: String, Sendable {
        /// Finds the columns that help.
        case screening = "finding the columns that help"
        /// Finds how long and how strictly to train.
        case adapting = "finding how long to train"
        /// Finds whether all columns do better than those that help.
        case choosing = "choosing between all columns and those that help"
        /// Fits the model's networks, and those that score rows held out.
        case fitting = "fitting the networks"
        /// Grows the model's trees, and those that score rows held out.
        case growing = "growing the trees"
        /// Calibrates the finished model, judges it on rows held out, and keeps what customers look like.
        case judging = "judging the model"
        /// Finds customers who are nobody, against whom reasons are told.
        case referring = "finding whom to compare customers with"
        /// Trains and judges on each split of a cross-validation.
        case validating = "cross-validating"
    }
}

/// Counts what a stage has done, from any thread.
final class StageProgress: Sendable {
    private let stage: TrainingProgress.Stage
    private let state: Mutex<State>
    private let onProgress: @Sendable (TrainingProgress) throws -> Void

    private struct State {
        var done = 0
        var total: Int
    }

    init(
        _ stage: TrainingProgress.Stage,
        total: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) {
        self.stage = stage
        state = Mutex(State(total: total))
        self.onProgress = onProgress
    }

    /// Takes an epoch, which may be as much as some units.
    func take(_ epoch: TrainingLoop.Epoch, units: Int = 1) throws { try take(units, epoch) }

    /// Takes what is no epoch: trees, columns.
    func take(units: Int) throws { try take(units, nil) }

    /// Corrects what all of the stage is, where that shows on the way.
    func expect(total: Int) { state.withLock { $0.total = max($0.done, total) } }

    private func take(_ more: Int, _ epoch: TrainingLoop.Epoch?) throws {
        let now = state.withLock { state in
            state.done += more
            return state
        }
        try onProgress(
            TrainingProgress(
                stage: stage,
                done: now.done,
                total: max(now.done, now.total),
                epoch: epoch
            )
        )
    }
}
