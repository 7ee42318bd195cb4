import Evaluation
public import Features
public import Schema

/// Predicts for rows of plain numbers, as a service gets them: the same bits as `ChurnModel.predict`.
public struct RowPredictor: Sendable {
    private let model: ChurnModel
    private let encoders: [RowEncoder]

    /// Prepares a model for rows whose values are the schema's features, in order; see `RowEncoder`.
    ///
    /// - Parameters:
    ///   - model: Predicts.
    ///   - columns: What the values of a row are; nil for the model's own features.
    /// - Throws: `FeatureError` where the model reads a feature that the columns do not have.
    public init(_ model: ChurnModel, columns: [ColumnSchema]? = nil) throws(FeatureError) {
        self.model = model
        let columns = columns ?? model.schema.features
        encoders = try model.parts.map { part throws(FeatureError) in
            try RowEncoder(part.features, columns: columns)
        }
    }

    /// The probability that each customer leaves.
    ///
    /// - Parameter values: Shape [rows, features], row by row.
    /// - Returns: Shape [rows], in 0...1.
    /// - Complexity: O(rows · parameters).
    public func predict(_ values: [Double]) -> [Float] {
        // By their places: a part copied out of the model would count references to all that it has.
        guard model.parts.count > 1 else {
            return model.calibration.applied(
                to: model.parts[0].probabilities(encoders[0].encode(values))
            )
        }
        let probabilities = model.parts.indices.map { part in
            model.parts[part].probabilities(encoders[part].encode(values))
        }
        return model.calibration.applied(to: ChurnModel.mean(probabilities))
    }
}
