import Tracking

/// A comparison as programs read it: for each parameter and metric the values in the order of the runs.
public struct RunComparisonDocument: Encodable, Sendable {
    private let runs: [RunName]
    private let params: [String: [String?]]
    private let metrics: [String: MetricValues]

    private struct RunName: Encodable {
        let id, name, status: String
    }

    private struct MetricValues: Encodable {
        let values: [Double?]
        let differences: [Double?]
        let best: [Int]
    }

    /// Creates a document.
    public init(_ comparison: RunComparison) {
        runs = comparison.runs.map {
            RunName(id: $0.info.id, name: $0.info.name, status: $0.info.status.rawValue)
        }
        params = comparison.params.reduce(into: [:]) { $0[$1.key] = $1.values }
        metrics = comparison.metrics.reduce(into: [:]) { found, row in
            found[row.key.name] = MetricValues(
                values: row.values.map { $0.flatMap { $0.isFinite ? $0 : nil } },
                differences: row.values.map { value in
                    let difference = (value ?? .nan) - (row.values[0] ?? .nan)
                    return difference.isFinite ? difference : nil
                },
                best: row.best.sorted()
            )
        }
    }
}
