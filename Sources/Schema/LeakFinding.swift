import Output
import Tabular

/// A feature that gives the target away, and how strongly.
public struct LeakFinding: Equatable, Sendable, CustomStringConvertible {
    /// Name of the column.
    public var column: String
    /// Area under the ROC curve of the column alone, 0.5...1.
    public var auc: Double
    /// Share of rows in which the best two-way mapping of the column is not the target.
    public var disagreement: Double
    /// What gives the target away where it is not the value: that a date is there, or lies ahead; nil for values.
    public var sign: String?

    /// Creates a finding.
    public init(column: String, auc: Double, disagreement: Double, sign: String? = nil) {
        self.column = column
        self.auc = auc
        self.disagreement = disagreement
        self.sign = sign
    }

    /// `alone: AUC 0.998, disagrees with the target in 0.14 % of rows`.
    public var strength: String {
        if let sign { return sign }
        let area = numberText((auc * 1000).rounded() / 1000)
        let share = numberText((disagreement * 10_000).rounded() / 100)
        return "alone: AUC \(area), disagrees with the target in \(share) % of rows"
    }

    /// One line that says which column, how strong, and what to do about it.
    public var description: String {
        "column \(quoted(column)) gives the target away (\(strength)); exclude it with role: leak "
            + "in retain.yaml, or write leak: allowed if it is truly known before a customer leaves"
    }
}

extension InferredSchema {
    /// Tests every feature and gives those that leak the role `leak`.
    mutating func excludeLeaks(header: [String], batches: [RecordBatch], decimalComma: Bool) {
        guard
            let decoder = try? SchemaDecoder(
                schema,
                header: header,
                needsTarget: true,
                decimalComma: decimalComma,
                asOf: schema.asOf(batches, header: header)
            )
        else { return }
        let parts = batches.map { decoder.decode($0) }
        leaks = LeakTest().findings(
            in: Table(joining: parts.map(\.table)),
            labels: parts.flatMap(\.labels),
            schema: schema
        )
        for leak in leaks {
            guard let index = schema.columns.firstIndex(where: { $0.name == leak.column }) else {
                continue
            }
            schema.columns[index].role = .leak
            evidence[index].reason = leak.strength
        }
    }
}
