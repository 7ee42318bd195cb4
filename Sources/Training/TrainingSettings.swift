public import Features
public import NeuralNetwork

/// How a model is trained; the `training` section of `retain.yaml`.
public struct TrainingSettings: Codable, Equatable, Sendable {
    /// Which model; it decides the defaults of all below.
    public var model: ModelKind
    /// Widths of the hidden layers.
    public var hidden: [Int]
    /// Networks side by side whose probabilities are averaged.
    public var members: Int
    /// Share of hidden units left out at random in training.
    public var dropout: Double
    /// Steps and epochs.
    public var loop: TrainingLoop.Settings
    /// Weight decay of the network that sees numbers in pieces, where it is not the loop's.
    public var piecesWeightDecay: Double
    /// Which columns the networks see.
    public var columns: UsedColumns
    /// Whether boosted trees stand beside the networks.
    public var usesTrees: Bool
    /// Whether training rows are held out to choose a calibration and tell for whom the outcome is certain.
    public var calibrates: Bool
    /// Whether epochs and weight decay are fitted to the number of rows.
    public var adaptsToRows: Bool
    /// How much a row of each class counts.
    public var classWeights = ClassWeights.equal
    /// Share of the rows that training never sees and the model is judged on; 0 trains on all.
    public var testShare = 0.3
    /// Share of the remaining rows that judge each epoch; 0 for none.
    public var validationShare: Double
    /// Share of customers for whom `certain_to_leave` or `certain_to_stay` may not be wrong.
    public var coverage = 0.9

    /// A model's settings.
    public init(_ model: ModelKind = .best) {
        self.model = model
        loop = TrainingLoop.Settings()
        piecesWeightDecay = 0
        switch model {
        case .seed:
            hidden = [10, 10]
            members = 1
            dropout = 0
            columns = .all
            usesTrees = false
            adaptsToRows = false
            calibrates = false
            validationShare = 0.2
        case .fast, .best:
            members = 16
            dropout = 0.1
            columns = model == .best ? .judged : .helpful
            usesTrees = model == .best
            adaptsToRows = true
            calibrates = true
            validationShare = 0
            loop.epochs = 40
            loop.batchSize = 128
            loop.learningRate = 0.006
            loop.schedule = .flatThenCosine
            loop.epsilon = .corrected(1e-8)
            loop.dropsPartialBatch = true
            if model == .fast {
                hidden = [32, 32]
                loop.weightDecay = 0.5
                piecesWeightDecay = 0.5
            } else {
                hidden = [64, 64]
                loop.weightDecay = 0.1
                piecesWeightDecay = 0.2
                loop.clipNorm = 1
            }
        }
    }
}

/// Which columns networks see; trees see all.
public enum UsedColumns: String, Codable, CaseIterable, Sendable {
    /// Those that are found to help to predict.
    case helpful
    /// All.
    case all
    /// Those that help, or all where that does better on rows held out.
    case judged
}

/// The models that Retain can train.
public enum ModelKind: String, Codable, CaseIterable, Sendable {
    /// One multilayer perceptron with two hidden layers of 10 units.
    case seed
    /// Sixteen independent networks of 32-32 units on piecewise-linear encodings.
    case fast
    /// Two ensembles of sixteen networks of 64-64 units with shared weights, one on z-scores, one on
    /// piecewise-linear encodings, and boosted trees beside them.
    case best

    /// The encoding of each network that is fitted; beside trees, rows held out may leave one out of the model.
    public var encodings: [FeatureEncoding] {
        switch self {
        case .seed: [.dummies]
        case .fast: [.pieces]
        case .best: [.scores, .pieces]
        }
    }
}
