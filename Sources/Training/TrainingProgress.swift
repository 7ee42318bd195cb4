public import NeuralNetwork
private import Synchronization

/// How far training has come.
public struct TrainingProgress: Sendable {
    /// What is done at present.
    public let stage: Stage
    /// Epochs of this stage that are done, over all its networks.
    public let done: Int
    /// Epochs of this stage.
    public let total: Int
    /// The epoch that was done last.
    public let epoch: TrainingLoop.Epoch

    /// What training does, in this order.
    public enum Stage: String, Sendable {
        /// Finds the columns that help.
        case screening = "finding the columns that help"
        /// Finds how long and how strictly to train.
        case adapting = "finding how long to train"
        /// Fits the model's networks, and those that score rows held out.
        case fitting = "fitting the model"
    }
}

/// Counts the epochs of a stage, from any thread.
final class StageProgress: Sendable {
    private let stage: TrainingProgress.Stage
    private let total: Int
    private let done = Mutex(0)
    private let onProgress: @Sendable (TrainingProgress) throws -> Void

    init(
        _ stage: TrainingProgress.Stage,
        total: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) {
        self.stage = stage
        self.total = total
        self.onProgress = onProgress
    }

    func take(_ epoch: TrainingLoop.Epoch) throws {
        let count = done.withLock { done -> Int in
            done += 1
            return done
        }
        try onProgress(
            TrainingProgress(stage: stage, done: count, total: total, epoch: epoch)
        )
    }
}
