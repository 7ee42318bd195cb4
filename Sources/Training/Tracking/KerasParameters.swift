import NeuralNetwork

extension TrainingSettings {
    /// The parameters that MLflow's autologging of Keras records, under its names and as Python prints them.
    ///
    /// Source: `mlflow.keras.autolog` of MLflow 3.17 with Keras 3.15; single precision widened, as there.
    var kerasParameters: [String: String] {
        [
            "batch_size": "\(loop.batchSize)",
            "epochs": "\(loop.epochs)",
            "validation_split": "\(validationShare)",
            "shuffle": "True",
            "class_weight": classWeightText,
            "sample_weight": "None",
            "initial_epoch": "0",
            "steps_per_epoch": "None",
            "validation_steps": "None",
            "validation_batch_size": "None",
            "validation_freq": "1",
            "optimizer_name": "adam",
            "optimizer_learning_rate": Self.single(loop.learningRate),
            "optimizer_weight_decay": loop.weightDecay == 0 ? "None" : "\(loop.weightDecay)",
            "optimizer_clipnorm": "None",
            "optimizer_global_clipnorm": loop.clipNorm.map { "\($0)" } ?? "None",
            "optimizer_clipvalue": "None",
            "optimizer_use_ema": "False",
            "optimizer_ema_momentum": "0.99",
            "optimizer_ema_overwrite_frequency": "None",
            "optimizer_loss_scale_factor": "None",
            "optimizer_gradient_accumulation_steps": "None",
            "optimizer_beta_1": "0.9",
            "optimizer_beta_2": "0.999",
            "optimizer_epsilon": Self.python(loop.epsilon.value),
            "optimizer_amsgrad": "False",
        ]
    }

    private var classWeightText: String {
        switch classWeights {
        case .equal: "None"
        case .balanced: "balanced"
        case .explicit(let pair): "{0: \(pair.negative), 1: \(pair.positive)}"
        }
    }

    private static func single(_ value: Double) -> String { "\(Double(Float(value)))" }

    /// `1e-07`, as Python prints it.
    private static func python(_ value: Double) -> String {
        let parts = "\(value)".split(separator: "e-")
        guard parts.count == 2, parts[1].count == 1 else { return "\(value)" }
        return "\(parts[0].split(separator: ".0").joined())e-0\(parts[1])"
    }
}

extension Adam.Epsilon {
    fileprivate var value: Double {
        switch self {
        // As it was written, not as single precision rounds it.
        case .corrected(let value), .uncorrected(let value): Double("\(value)") ?? Double(value)
        }
    }
}
