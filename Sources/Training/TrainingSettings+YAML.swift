private import NeuralNetwork
public import Schema

extension TrainingSettings {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping) throws(YAMLProblem) {
        self.init()
        model = try yaml.choice("model", ModelKind.self) ?? model
        testShare = try yaml.number("test_share", in: 0 ... 0.9) ?? testShare
        validationShare = try yaml.number("validation_share", in: 0 ... 0.9) ?? validationShare
        hidden = try yaml.integers("hidden", in: 1 ... 4_096) ?? hidden
        dropout = try yaml.number("dropout", in: 0 ... 0.95) ?? dropout
        loop.epochs = try yaml.integer("epochs", in: 1 ... 100_000) ?? loop.epochs
        loop.batchSize = try yaml.integer("batch_size", in: 1 ... 1_000_000) ?? loop.batchSize
        loop.learningRate = try yaml.number("learning_rate", in: 1e-9 ... 10) ?? loop.learningRate
        loop.schedule = try Self.schedule(&yaml) ?? loop.schedule
        loop.l2 = try yaml.number("l2", in: 0 ... 100) ?? loop.l2
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

    /// The section as text, every setting with a comment.
    public var yaml: String {
        """
        # How the model is trained. `retain train --help` tells which flags override these.
        training:
          model: \(model.rawValue)
          test_share: \(testShare)  # of all rows, never seen in training, for the final judgement
          validation_share: \(validationShare)  # of the rest, judges each epoch
          hidden: [\(hidden.map(String.init).joined(separator: ", "))]  # width of each hidden layer
          dropout: \(dropout)  # share of hidden units left out at random in training
          epochs: \(loop.epochs)  # passes over the training rows
          batch_size: \(loop.batchSize)  # rows a step
          learning_rate: \(loop.learningRate)  # Adam's step size
          \(scheduleText)
          l2: \(loop.l2)  # penalty on squared weights
          \(loop.patience.map { "patience: \($0)  # epochs without lower validation loss, then stop" }
            ?? "# patience: 10  # stop after so many epochs without lower validation loss")
          keep: \(loop.restoresBest ? "best" : "last")  # weights of the best epoch (lowest validation loss), or the last
          \(classWeightText)

        """
    }

    private var scheduleText: String {
        switch loop.schedule {
        case .constant: "learning_rate_schedule: constant  # or cosine, or exponential with a ratio"
        case .cosine: "learning_rate_schedule: cosine"
        case .exponential(let ratio):
            "learning_rate_schedule: exponential\n  learning_rate_ratio: \(ratio)  # from epoch to epoch"
        }
    }

    private var classWeightText: String {
        switch classWeights {
        case .equal: "# class_weights: {rule: balanced}  # or {negative: 1, positive: 4}"
        case .balanced: "class_weights: {rule: balanced}"
        case .explicit(let pair):
            "class_weights: {negative: \(pair.negative), positive: \(pair.positive)}"
        }
    }
}

private enum KeptWeights: String, CaseIterable { case best, last }
private enum ScheduleName: String, CaseIterable { case constant, cosine, exponential }
private enum ClassWeightRule: String, CaseIterable { case equal, balanced }
