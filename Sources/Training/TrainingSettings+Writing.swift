private import Features
private import NeuralNetwork

extension TrainingSettings {
    /// The section as text: what is set, and every default as a comment.
    public var yaml: String {
        let defaults = Self(model)
        func line(_ key: String, _ value: String, _ note: String, isSet: Bool) -> String {
            "  \(isSet ? "" : "# ")\(key): \(value)\(note.isEmpty ? "" : "  # \(note)")"
        }
        var lines = [
            "# How the model is trained. What is commented out is the model's default.",
            "training:",
            line("model", model.rawValue, "seed, fast or best", isSet: true),
            line(
                "test_share",
                "\(testShare)",
                "of all rows, never seen in training, for the final judgement",
                isSet: true
            ),
            line(
                "coverage",
                "\(coverage)",
                "how often certain_to_leave and certain_to_stay must be right, for each class",
                isSet: true
            ),
            line(
                "columns",
                columns.rawValue,
                "of networks: all, helpful (without what does not help to predict), or judged by rows held out",
                isSet: columns != defaults.columns
            ),
            line(
                "trees",
                "\(usesTrees)",
                "boosted trees beside the networks",
                isSet: usesTrees != defaults.usesTrees
            ),
            line(
                "validation_share",
                "\(validationShare)",
                "of the training rows, judges each epoch",
                isSet: validationShare != defaults.validationShare
            ),
            line(
                "hidden",
                "[\(hidden.map(String.init).joined(separator: ", "))]",
                "width of each hidden layer",
                isSet: hidden != defaults.hidden
            ),
            line(
                "members",
                "\(members)",
                "networks side by side",
                isSet: members != defaults.members
            ),
            line(
                "dropout",
                "\(dropout)",
                "share of hidden units left out at random in training",
                isSet: dropout != defaults.dropout
            ),
            line(
                "epochs",
                "\(loop.epochs)",
                "passes over the training rows"
                    + (adaptsToRows ? "; without it fitted to the number of rows" : ""),
                isSet: loop.epochs != defaults.loop.epochs
                    || adaptsToRows != defaults.adaptsToRows
            ),
            line(
                "batch_size",
                "\(loop.batchSize)",
                "rows a step",
                isSet: loop.batchSize != defaults.loop.batchSize
            ),
            line(
                "learning_rate",
                "\(loop.learningRate)",
                "Adam's step size",
                isSet: loop.learningRate != defaults.loop.learningRate
            ),
        ]
        lines += scheduleLines(isSet: loop.schedule != defaults.loop.schedule)
        lines += [
            line(
                "weight_decay",
                "\(loop.weightDecay)",
                "what a step takes off each weight, times the learning rate",
                isSet: loop.weightDecay != defaults.loop.weightDecay
            ),
            line(
                "weight_decay_pieces",
                "\(piecesWeightDecay)",
                "the same, of the network that sees numbers in pieces",
                isSet: piecesWeightDecay != defaults.piecesWeightDecay
            ),
            line(
                "clip_norm",
                "\(loop.clipNorm ?? 1)",
                "longer gradients are cut to it",
                isSet: loop.clipNorm != defaults.loop.clipNorm
            ),
            line("l2", "\(loop.l2)", "penalty on squared weights", isSet: loop.l2 > 0),
            line(
                "patience",
                "\(loop.patience ?? 10)",
                "stop after so many epochs without lower validation loss",
                isSet: loop.patience != nil
            ),
            line(
                "keep",
                loop.restoresBest ? "best" : "last",
                "weights of the best epoch (lowest validation loss), or the last",
                isSet: loop.restoresBest
            ),
            "  " + classWeightText,
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Keys of what is set otherwise than the model has it by itself.
    public var changed: [String] {
        let ofAnyModel: Set = ["training", "model", "test_share", "coverage"]
        return yaml.split(separator: "\n").compactMap { line in
            let text = line.drop { $0 == " " }
            guard !text.hasPrefix("#"), let key = text.split(separator: ":").first else {
                return nil
            }
            return ofAnyModel.contains(String(key)) ? nil : String(key)
        }
    }

    /// Whether a weight decay is set for a network that the model does not have.
    public var decaysNothing: Bool {
        changed.contains("weight_decay_pieces") && !model.encodings.contains(.pieces)
    }

    private func scheduleLines(isSet: Bool) -> [String] {
        let mark = isSet ? "" : "# "
        switch loop.schedule {
        case .constant: return ["  \(mark)learning_rate_schedule: constant"]
        case .cosine: return ["  \(mark)learning_rate_schedule: cosine"]
        case .flatThenCosine: return ["  \(mark)learning_rate_schedule: flat_then_cosine"]
        case .exponential(let ratio):
            return [
                "  \(mark)learning_rate_schedule: exponential",
                "  \(mark)learning_rate_ratio: \(ratio)  # from epoch to epoch",
            ]
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
