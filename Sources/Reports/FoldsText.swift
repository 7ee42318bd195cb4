public import Evaluation
import Output

/// The metrics of a cross-validation as plain text: mean ± deviation over the folds and, beside another
/// configuration's, the paired differences.
public struct FoldsText: Sendable {
    /// One configuration's metrics, fold by fold.
    public struct Configuration: Sendable {
        let name: String
        let values: [(metric: MetricName, folds: [Double])]

        /// Creates a configuration.
        ///
        /// - Parameters:
        ///   - name: For the reader.
        ///   - values: Each metric's value on each fold.
        public init(name: String, values: [(metric: MetricName, folds: [Double])]) {
            self.name = name
            self.values = values
        }
    }

    private let first: Configuration
    private let other: Configuration?
    private let comparisons: [(metric: MetricName, comparison: PairedComparison)]

    /// Creates the text's content.
    ///
    /// - Parameters:
    ///   - first: The configuration in question.
    ///   - other: What it is compared with; nil for none.
    ///   - comparisons: The differences, above 0 where the first is better.
    public init(
        _ first: Configuration,
        against other: Configuration? = nil,
        comparisons: [(metric: MetricName, comparison: PairedComparison)] = []
    ) {
        self.first = first
        self.other = other
        self.comparisons = comparisons
    }

    /// The tables.
    public var text: String {
        var columns: [(title: String, alignment: TextTable.Alignment)] = [
            ("metric", .left), (first.name, .right),
        ]
        if let other { columns.append((other.name, .right)) }
        let rows = first.values.enumerated().map { place, entry in
            [entry.metric.title, Self.spread(entry.folds)]
                + (other.map { [Self.spread($0.values[place].folds)] } ?? [])
        }
        var text = "Mean ± standard deviation over the folds.\n\n"
        text += TextTable(columns: columns, rows: rows).text
        guard let other, !comparisons.isEmpty else { return text }
        text += """

            \(first.name) against \(other.name), fold by fold; above 0 where \(first.name) is better. \
            The interval holds
            at 95 % (corrected resampled t-test); the two are told apart where it leaves out 0.


            """
        text +=
            TextTable(
                columns: [
                    ("metric", .left), ("difference", .right), ("interval", .right),
                    ("folds better", .right), ("told apart", .right),
                ],
                rows: comparisons.map { Self.row($0.metric, $0.comparison) }
            ).text
        return text
    }

    private static func row(_ metric: MetricName, _ comparison: PairedComparison) -> [String] {
        let folds = "\(comparison.foldsBetter) of \(comparison.folds)"
        guard let interval = comparison.interval else {
            return [metric.title, signed(comparison.mean), "-", folds, "-"]
        }
        let isApart = interval.low > 0 || interval.high < 0
        return [
            metric.title, signed(comparison.mean),
            "\(signed(interval.low)) to \(signed(interval.high))", folds, isApart ? "yes" : "no",
        ]
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + NumberFormat.fixed(4).text(value)
    }

    private static func spread(_ values: [Double]) -> String {
        let count = Double(values.count)
        guard count > 0 else { return "-" }
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let format = NumberFormat.fixed(4)
        guard count > 1 else { return format.text(mean) }
        return format.text(mean) + " ± " + format.text((squares / (count - 1)).squareRoot())
    }
}
