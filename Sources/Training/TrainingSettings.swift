public import NeuralNetwork

/// How a model is trained; the `training` section of `retain.yaml`.
public struct TrainingSettings: Codable, Equatable, Sendable {
    /// Which model.
    public var model = ModelKind.seed
    /// Widths of the hidden layers.
    public var hidden = [10, 10]
    /// Share of hidden units left out at random in training.
    public var dropout = 0.0
    /// Steps and epochs.
    public var loop = TrainingLoop.Settings()
    /// How much a row of each class counts.
    public var classWeights = ClassWeights.equal
    /// Share of the rows that training never sees and the model is judged on; 0 trains on all.
    public var testShare = 0.3
    /// Share of the remaining rows that judge each epoch; 0 for none.
    public var validationShare = 0.2

    /// The seed's settings.
    public init() {}
}

/// The models that Retain can train.
public enum ModelKind: String, Codable, CaseIterable, Sendable {
    /// A multilayer perceptron, by default with two hidden layers of 10 units.
    case seed
}
