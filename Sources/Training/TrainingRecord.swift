public import Evaluation
public import NeuralNetwork

/// How a model came to be and how good it is; `metrics.json` of the model folder.
public struct TrainingRecord: Codable, Equatable, Sendable {
    /// Version of Retain that trained it.
    public var retainVersion: String
    /// The seed of everything random.
    public var seed: UInt64
    /// The settings.
    public var settings: TrainingSettings
    /// The rows.
    public var data: Data
    /// Each epoch's losses.
    public var history: TrainingLoop.History
    /// The judgement on rows that training never saw; nil where none were held out.
    public var test: EvaluationReport?

    /// Where the rows came from and how they were divided.
    public struct Data: Codable, Equatable, Sendable {
        /// Name of the file, without its folder.
        public var name: String
        /// SHA-256 of the file; nil for standard input.
        public var digest: String?
        /// All rows.
        public var rows: Int
        /// Rows that left.
        public var positives: Int
        /// Rows that the weights were fitted to.
        public var trainingRows: Int
        /// Rows that judged each epoch.
        public var validationRows: Int
        /// Rows that judged the finished model.
        public var testRows: Int
    }
}
