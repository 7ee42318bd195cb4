import Output
public import Schema
import Wire

/// What was predicted of a customer at an earlier time.
public struct EarlierPrediction: Equatable, Sendable {
    /// The model that predicted it.
    public let model: NamedModel
    /// When, in milliseconds since 1970.
    public let time: Int64
    /// What it answered.
    public let probability: Double
    /// The customer's row as it was written.
    let features: String

    /// The day of the prediction in UTC.
    public var day: Day { Day(number: Int((Double(time) / 86_400_000).rounded(.down))) }
}

/// Reads customers' rows as the record wrote them, by the schema of the model that had predicted them.
///
/// ```swift
/// let reader = RecordedRowReader(schema)
/// let predicted = RecordedModel(name: "churn", version: "3", digest: "abc", schema: schema)
/// for earlier in try await log.earlier(coded, of: ["15634602"], than: now, predicted) {
///     print(earlier.flatMap(reader.values) ?? [])
/// }
/// ```
public struct RecordedRowReader: Sendable {
    private let names: [String]
    private let decoder: CustomerDecoder

    /// Prepares a schema.
    public init(_ schema: Schema) {
        names = schema.features.map(\.name)
        decoder = CustomerDecoder(schema)
    }

    /// The coded values of a customer.
    ///
    /// - Parameter earlier: By a model of the schema.
    /// - Returns: A value for each feature, nil where the record does not keep it; nil where the row breaks the schema.
    /// - Complexity: O(features²).
    public func values(of earlier: EarlierPrediction) -> [Double?]? {
        let json = Array(earlier.features.utf8)
        guard let kept = try? RecordedModel.texts(json).map(\.name),
            let decoded = try? decoder.customers(json), decoded.count == 1,
            decoded.problems.allSatisfy({ problem in
                problem.field.map { !kept.contains($0) } ?? false
            })
        else { return nil }
        return zip(names, decoded.coded[row: 0]).map { kept.contains($0) ? $1 : nil }
    }
}
