/// The name of a run's parameter.
struct ParamKey: Hashable, Comparable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Whether it is one of those that `mlflow.keras.autolog` writes.
    ///
    /// Source: MLflow 3.17.2 with Keras 3.15.
    var isAutologged: Bool { name.hasPrefix("optimizer_") || Self.autologged.contains(name) }

    private static let autologged: Set = [
        "batch_size", "class_weight", "epochs", "initial_epoch", "sample_weight", "shuffle",
        "steps_per_epoch", "validation_batch_size", "validation_freq", "validation_split",
        "validation_steps",
    ]

    /// Retain's own first, by name.
    static func < (one: Self, other: Self) -> Bool {
        one.isAutologged == other.isAutologged ? one.name < other.name : other.isAutologged
    }
}
