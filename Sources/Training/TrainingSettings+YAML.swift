private import NeuralNetwork
public import Schema

extension TrainingSettings {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Parameters:
    ///   - yaml: The section.
    ///   - other: In place of the section's model.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping, model other: ModelKind? = nil) throws(YAMLProblem) {
        let named = try yaml.choice("model", ModelKind.self) ?? .best
        self.init(other ?? named)
        testShare = try yaml.number("test_share", in: 0 ... 0.9) ?? testShare
        validationShare = try yaml.number("validation_share", in: 0 ... 0.9) ?? validationShare
        coverage = try yaml.number("coverage", in: 0.5 ... 0.999) ?? coverage
        columns = try yaml.choice("columns", UsedColumns.self) ?? columns
        usesTrees = try yaml.flag("trees") ?? usesTrees
        hidden = try yaml.integers("hidden", in: 1 ... 4_096) ?? hidden
        members = try yaml.integer("members", in: 1 ... 256) ?? members
        dropout = try yaml.number("dropout", in: 0 ... 0.95) ?? dropout
        let epochs = try yaml.integer("epochs", in: 1 ... 100_000)
        loop.batchSize = try yaml.integer("batch_size", in: 1 ... 1_000_000) ?? loop.batchSize
        loop.learningRate = try yaml.number("learning_rate", in: 1e-9 ... 10) ?? loop.learningRate
        loop.schedule = try Self.schedule(&yaml) ?? loop.schedule
        loop.l2 = try yaml.number("l2", in: 0 ... 100) ?? loop.l2
        let decay = try yaml.number("weight_decay", in: 0 ... 100)
        let piecesDecay = try yaml.number("weight_decay_pieces", in: 0 ... 100)
        loop.epochs = epochs ?? loop.epochs
        loop.weightDecay = decay ?? loop.weightDecay
        piecesWeightDecay = piecesDecay ?? piecesWeightDecay
        // What is written down is meant for the rows at hand.
        if epochs != nil || decay != nil || piecesDecay != nil { adaptsToRows = false }
        loop.clipNorm = try yaml.number("clip_norm", in: 1e-6 ... 1e6) ?? loop.clipNorm
        loop.patience = try yaml.integer("patience", in: 1 ... 100_000) ?? loop.patience
        loop.restoresBest =
            try yaml.choice("keep", KeptWeights.self).map { $0 == .best }
            ?? loop.restoresBest
        classWeights = try Self.classWeights(&yaml) ?? classWeights
        guard validationShare > 0 || (loop.patience == nil && !loop.restoresBest) else {
            throw yaml.problem(
                "validation_share",
                "must be above 0 for \"patience\" or \"keep: best\" to work"
            )
        }
    }

    private static func schedule(
        _ yaml: inout StrictMapping
    ) throws(YAMLProblem) -> LearningRateSchedule? {
        let ratio = try yaml.number("learning_rate_ratio", in: 1e-6 ... 1)
        let name = try yaml.choice("learning_rate_schedule", ScheduleName.self)
        guard name == .exponential || ratio == nil else {
            throw yaml.problem(
                "learning_rate_ratio",
                "goes with \"learning_rate_schedule: exponential\" only"
            )
        }
        switch name {
        case nil: return nil
        case .constant: return .constant
        case .cosine: return .cosine
        case .flatThenCosine: return .flatThenCosine
        case .exponential:
            return .exponential(ratio: try yaml.required("learning_rate_ratio", ratio))
        }
    }

    private static func classWeights(
        _ yaml: inout StrictMapping
    ) throws(YAMLProblem) -> ClassWeights? {
        let given = try yaml.mapping("class_weights") { section throws(YAMLProblem) in
            if let named = try section.choice("rule", ClassWeightRule.self) {
                return named == .balanced ? ClassWeights.balanced : .equal
            }
            let bounds = 1e-6 ... 1e6
            let negative = try section.number("negative", in: bounds)
            let positive = try section.number("positive", in: bounds)
            return .explicit(
                ClassWeights.Pair(
                    negative: Float(try section.required("negative", negative)),
                    positive: Float(try section.required("positive", positive))
                )
            )
        }
        return given
    }
}

private enum KeptWeights: String, CaseIterable { case best, last }
private enum ScheduleName: String, CaseIterable {
    case constant, cosine, exponential
    case flatThenCosine = "flat_then_cosine"
}
private enum ClassWeightRule: String, CaseIterable { case equal, balanced }
