public import Evaluation
public import Explanation
public import Texts

/// All that a report tells, as plain values: whoever trained or evaluated the model fills it in.
///
/// Texts are taken as they are; every report escapes and clips them for its own form.
public struct ReportContent: Codable, Sendable, Equatable {
    /// The model's name.
    public var model: String
    /// What kind of model it is, in a few words.
    public var modelSummary: String
    /// The name of the data that the model was evaluated on.
    public var data: String
    /// Which rows of the data were evaluated, such as `Every row`, without a full stop.
    public var rowsSummary: String
    /// The target and its positive level, such as `the target is Exited = 1`, without a full stop.
    public var target: String
    /// How well the model did.
    public var evaluation: EvaluationReport
    /// What was tried to bring probabilities and frequencies together; nil where nothing was.
    public var calibration: CalibrationChoice?
    /// How often the certain answers are right on these rows; nil where the model gives none.
    public var coverage: CoverageReport?
    /// Which columns move the scores of these customers most; nil where the model tells no reasons.
    public var reasons: GlobalReasons?
    /// The loss of every epoch; empty where the training isn't known.
    public var learningCurve: [EpochPoint]
    /// The epoch whose weights were kept, counted from 1.
    public var bestEpoch: Int?
    /// The mean held-out loss after each of the model's trees, from the first; empty without trees.
    public var treeCurve: [Double]
    /// Every column of the data.
    public var columns: [ReportColumn]
    /// The settings of the training.
    public var settings: [ReportFact]
    /// What it takes to get the same model again: seed, digests, versions, the command.
    public var reproduction: [ReportFact]
    /// What the reader has to know before relying on the model.
    public var warnings: [String]
    /// In which its texts are, and the HTML page; the text report and the model card are English.
    public var language: Language

    /// Creates the content of a report.
    public init(
        model: String,
        modelSummary: String,
        data: String,
        rowsSummary: String,
        target: String,
        evaluation: EvaluationReport,
        calibration: CalibrationChoice? = nil,
        coverage: CoverageReport? = nil,
        reasons: GlobalReasons? = nil,
        learningCurve: [EpochPoint] = [],
        bestEpoch: Int? = nil,
        treeCurve: [Double] = [],
        columns: [ReportColumn] = [],
        settings: [ReportFact] = [],
        reproduction: [ReportFact] = [],
        warnings: [String] = [],
        language: Language = .english
    ) {
        self.model = model
        self.modelSummary = modelSummary
        self.data = data
        self.rowsSummary = rowsSummary
        self.target = target
        self.evaluation = evaluation
        self.calibration = calibration
        self.coverage = coverage
        self.reasons = reasons
        self.learningCurve = learningCurve
        self.bestEpoch = bestEpoch
        self.treeCurve = treeCurve
        self.columns = columns
        self.settings = settings
        self.reproduction = reproduction
        self.warnings = warnings
        self.language = language
    }
}

/// The losses after one epoch of training.
public struct EpochPoint: Codable, Sendable, Equatable {
    /// Counted from 1.
    public var epoch: Int
    /// Mean loss over the training rows.
    public var trainingLoss: Double
    /// Mean loss over the validation rows; nil without any.
    public var validationLoss: Double?

    /// Creates a point.
    public init(epoch: Int, trainingLoss: Double, validationLoss: Double? = nil) {
        self.epoch = epoch
        self.trainingLoss = trainingLoss
        self.validationLoss = validationLoss
    }
}

/// A column of the data and what the model made of it.
public struct ReportColumn: Codable, Sendable, Equatable {
    /// Its name in the file.
    public var name: String
    /// Its role: feature, target, identifier, leak, constant.
    public var role: String
    /// Its type: number, boolean, category.
    public var type: String
    /// Levels or range; for a column that isn't used, why.
    public var note: String
    /// Whether the model reads it.
    public var isUsed: Bool

    /// Creates a column.
    public init(name: String, role: String, type: String, note: String, isUsed: Bool) {
        self.name = name
        self.role = role
        self.type = type
        self.note = note
        self.isUsed = isUsed
    }
}

/// A named value, such as a setting.
public struct ReportFact: Codable, Sendable, Equatable {
    /// What it is.
    public var name: String
    /// Its value, ready to read.
    public var value: String

    /// Creates a fact.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
