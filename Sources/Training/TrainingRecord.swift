public import Evaluation
public import NeuralNetwork

/// How a model came to be and how good it is; `metrics.json` of the model folder.
public struct TrainingRecord: Codable, Equatable, Sendable {
    /// Version of Retain that trained it.
    public var retainVersion: String
    /// What the network was called that was trained elsewhere; nil where Retain trained the model.
    public var imported: String?
    /// Random seed of everything that is drawn.
    public var seed: UInt64
    /// The settings.
    public var settings: TrainingSettings
    /// The rows.
    public var data: Data
    /// What training rows had to say on the columns; empty where they were not asked.
    public var importances: [ColumnImportance]
    /// How long and how strictly was trained, for the number of rows.
    public var adaptation: RowAdaptation
    /// Each network's epochs.
    public var histories: [TrainingLoop.History]
    /// What rows held out said of networks and trees; nil where there are no trees.
    public var blend: BlendRecord?
    /// What was tried on rows held out to bring probabilities and frequencies together; nil where no rows
    /// were held out for it.
    public var calibration: CalibrationChoice?
    /// How far probabilities may be off as a whole, by rows that training never saw, or else by rows held out in it; nil where
    /// there are none, or they can't tell.
    public var recalibration: Recalibration?
    /// How often the certain answers are right on the test rows; nil where there are none.
    public var coverage: CoverageReport?
    /// The judgement on rows that training never saw; nil where none were held out.
    public var test: EvaluationReport?

    /// Where the rows came from and how they were divided.
    public struct Data: Codable, Equatable, Sendable {
        /// Name of the file, without its folder.
        public var name: String
        /// SHA-256 of the file; nil for standard input.
        public var digest: String?
        /// All rows whose target says whether the customer left.
        public var rows: Int
        /// Rows that were left out because the target says nothing of them; nil for none.
        public var unlabelled: Int?
        /// Rows that left.
        public var positives: Int
        /// Rows that the weights were fitted to.
        public var trainingRows: Int
        /// Rows that judged each epoch.
        public var validationRows: Int
        /// Rows that judged the finished model.
        public var testRows: Int
        /// Who was treated, and what became of them; nil where that was not asked.
        public var treated: Treated?
        /// How much rows counted in learning; nil where all counted the same.
        public var weight: Weight?
        /// Files all of whose rows were learned from beside the file's; nil for none.
        public var beside: [Source]?

        /// Customers who were offered something to stay.
        public struct Treated: Codable, Equatable, Sendable {
            /// The column that says who.
            public var column: String
            /// How many of the file's rows.
            public var rows: Int
            /// How much each counted in learning; 0 where they were excluded.
            public var weight: Double
        }

        /// A column of weights.
        public struct Weight: Codable, Equatable, Sendable {
            /// The column.
            public var column: String
            /// The least weight, 1 being the file's mean.
            public var least: Double
            /// The greatest weight, 1 being the file's mean.
            public var greatest: Double
        }

        /// A file.
        public struct Source: Codable, Equatable, Sendable {
            /// Its name, without its folder.
            public var name: String
            /// SHA-256 of the file; nil for standard input.
            public var digest: String?
        }
    }
}

/// How much a column helps to predict rows that training did not see.
public struct ColumnImportance: Codable, Equatable, Sendable {
    /// Name in the header.
    public let column: String
    /// Mean increase of a row's loss when the column's values are exchanged among rows, over its standard
    /// error.
    public let z: Double
    /// Whether the model uses it.
    public let isKept: Bool
}
