public import Kernels

/// A network that the training loop can train: parameters in one arena, and the loss's gradient.
///
/// The loop knows nothing of layers: an ensemble or a network with embeddings conforms and trains
/// without a change to it.
public protocol Network: Sendable {
    /// Scratch memory for one batch; made once, used for each.
    associatedtype Workspace

    /// All parameters. Its count is a multiple of 8; numbers beyond the last tensor stay 0.
    var parameters: [Float] { get set }

    /// The named parts of `parameters`, in order, without overlap.
    var tensors: [Tensor] { get }

    /// How many independent row orders a batch is drawn from: 1, or one for each member of an ensemble.
    var ordersPerBatch: Int { get }

    /// Scratch memory for batches of at most `rows` rows an order.
    func makeWorkspace(rows: Int) -> Workspace

    /// The loss on one batch in training, and its derivative by every parameter.
    ///
    /// - Parameters:
    ///   - batch: The rows of each order.
    ///   - rows: What the indices of `batch` point into.
    ///   - workspace: Scratch memory.
    ///   - gradients: Receives the derivative of the batch's mean loss, laid out as `parameters`.
    ///   - generator: Draws dropout.
    /// - Returns: The batch's summed loss and right answers.
    func lossAndGradients(
        _ batch: [ArraySlice<Int32>],
        of rows: LabelledRows,
        workspace: inout Workspace,
        gradients: inout [Float],
        using generator: inout SeededGenerator
    ) -> BatchLoss

    /// The loss of the network as it predicts (no dropout), summed over all rows.
    func loss(on rows: LabelledRows, workspace: inout Workspace) -> BatchLoss

    /// The probability of the positive class for each row of a feature-major matrix.
    ///
    /// - Parameters:
    ///   - values: Shape [inputs, stride].
    ///   - stride: Distance from one feature to the next, a multiple of 8.
    ///   - rows: Number of rows, at most `stride`.
    /// - Returns: Shape [rows]. A row's result does not depend on the other rows.
    func probabilities(_ values: [Float], stride: Int, rows: Int) -> [Float]
}

/// A named part of a network's parameters.
public struct Tensor: Equatable, Sendable {
    /// Name in the weights file.
    public let name: String
    /// Sizes, outermost first.
    public let shape: [Int]
    /// Where in the arena, row-major.
    public let range: Range<Int>
    /// Whether L2 regularisation applies: to weights, not to biases.
    public let isRegularized: Bool
}

/// Loss and right answers of some rows, summed.
public struct BatchLoss: Equatable, Sendable {
    /// Σ weight · binary cross-entropy.
    public var loss: Double
    /// How many rows the network puts on their right side of one half.
    public var correct: Double
}
