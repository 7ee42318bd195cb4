import ChurnModel
import Features
import Schema

/// What a second model says of the traffic that the first one answers.
struct ShadowComparison: Sendable {
    let shadow: ServedModel
    /// The model whose customers it understands.
    let digest: String
    private let predictor: RowPredictor

    /// Prepares a model for the rows of another.
    ///
    /// - Throws: `FeatureError` where it reads a feature that the other's customers do not have.
    init(_ shadow: ServedModel, beside served: ServedModel) throws(FeatureError) {
        self.shadow = shadow
        digest = served.digest
        predictor = try RowPredictor(shadow.model, columns: served.model.schema.features)
    }

    /// Shape [customers].
    func predict(_ rows: CodedRows) -> [Float] { predictor.predict(rows) }
}

/// How far two models agree so far.
struct ShadowCounts: Sendable {
    /// Upper bounds of the histogram of differences between two probabilities.
    static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5]
    /// The last is of everything above the last bound.
    private(set) var buckets = [Int](repeating: 0, count: Self.bounds.count + 1)
    private(set) var sum = 0.0
    /// By what the served model decides (0 stays, 1 leaves), and then by what the shadow does.
    private(set) var decisions = [[0, 0], [0, 0]]

    mutating func add(
        _ served: ServedModel,
        _ probabilities: [Float],
        _ shadow: ServedModel,
        _ others: [Float]
    ) {
        for (probability, other) in zip(probabilities, others) {
            let difference = abs(Double(probability) - Double(other))
            let bucket = Self.bounds.firstIndex { difference <= $0 } ?? Self.bounds.count
            buckets[bucket] += 1
            sum += difference
            let leaves = Double(probability) >= served.model.threshold ? 1 : 0
            decisions[leaves][Double(other) >= shadow.model.threshold ? 1 : 0] += 1
        }
    }
}
