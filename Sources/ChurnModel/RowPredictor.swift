import Evaluation
public import Features
import NeuralNetwork
public import Schema

/// Predicts for rows of plain numbers, as a service gets them: the same bits as `ChurnModel.predict`.
public struct RowPredictor: Sendable {
    private let parts: [Part]
    private let calibration: Calibration

    /// One network, and how rows become its inputs.
    ///
    /// A class, since copying a value of so many parts counts a reference to each.
    private final class Part: Sendable {
        let encoder: RowEncoder
        let network: Network

        init(_ part: ModelPart, _ columns: [ColumnSchema]) throws(FeatureError) {
            encoder = try RowEncoder(part.features, columns: columns)
            network = part.served
        }

        func probabilities(_ values: [Double]) -> [Float] {
            network.probabilities(encoder.encode(values))
        }
    }

    /// Prepares a model for rows whose values are the schema's features, in order; see `RowEncoder`.
    ///
    /// - Parameters:
    ///   - model: Predicts.
    ///   - columns: What the values of a row are; nil for the model's own features.
    /// - Throws: `FeatureError` where the model reads a feature that the columns do not have.
    public init(_ model: ChurnModel, columns: [ColumnSchema]? = nil) throws(FeatureError) {
        calibration = model.calibration
        let columns = columns ?? model.schema.features
        parts = try model.parts.map { part throws(FeatureError) in try Part(part, columns) }
    }

    /// The probability that each customer leaves.
    ///
    /// - Parameter values: Shape [rows, features], row by row.
    /// - Returns: Shape [rows], in 0...1.
    /// - Complexity: O(rows · parameters).
    public func predict(_ values: [Double]) -> [Float] {
        calibration.applied(to: ChurnModel.mean(parts.map { $0.probabilities(values) }))
    }
}
