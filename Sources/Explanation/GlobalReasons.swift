public import Schema

/// Which columns move a model's scores most, and where along their values: the reasons of many customers together.
///
/// Only means over at least 20 customers are kept, never a customer's own value and points.
public struct GlobalReasons: Codable, Equatable, Sendable {
    /// How many customers were explained, by two pairs of orders for each reference customer.
    public let customers: Int
    /// As `ReferenceCustomers.error`.
    public let referenceError: Double
    /// Those with the most mean absolute points first.
    public let columns: [Column]

    /// One column.
    public struct Column: Codable, Equatable, Sendable {
        /// Name in the header.
        public let name: String
        /// Mean over customers of the points' magnitude, as probability.
        public let meanAbsolutePoints: Double
        /// Mean points by value, ascending; empty for a personal column, of which no value is shown.
        public let dependence: [Cell]
    }

    /// Customers with like values.
    public struct Cell: Codable, Equatable, Sendable {
        /// The lowest value, as a file has it; a level.
        public let from: String
        /// The highest value; the same level.
        public let to: String
        /// How many customers.
        public let customers: Int
        /// Their mean points, as probability.
        public let meanPoints: Double
        /// From the lowest to the highest number; nil for a level, a date and an empty field.
        ///
        /// It is left out of JSON, where the texts say the same.
        public private(set) var span: ClosedRange<Double>?

        private enum CodingKeys: CodingKey {
            case from, to, customers, meanPoints
        }

        /// Stands for all levels that the schema does not list.
        package static let notListed = "(not listed)"

        /// Creates a cell.
        public init(
            from: String,
            to: String,
            customers: Int,
            meanPoints: Double,
            span: ClosedRange<Double>? = nil
        ) {
            self.from = from
            self.to = to
            self.customers = customers
            self.meanPoints = meanPoints
            self.span = span
        }
    }

    /// Most customers.
    static let most = 300
    /// Most work for all of them, in multiply-adds of networks: seconds on two cores.
    static let work = 100_000_000_000
    /// Customers in a cell, at least.
    static let fewest = 20

    /// Explains customers taken evenly from some.
    ///
    /// - Parameters:
    ///   - explainer: Explains them.
    ///   - rows: The features of the schema; customers whom the model has not learned from.
    ///   - schema: The model's.
    ///   - threads: How many work at once; no bit depends on it.
    /// - Complexity: At most `work` multiply-adds, but 20 customers at least.
    public init(_ explainer: Explainer, _ rows: CodedRows, schema: Schema, threads: Int = 1) {
        let affordable = max(Self.fewest, Self.work / max(1, explainer.walkedWork))
        let count = min(rows.count, Self.most, affordable)
        let sample = rows.selecting((0 ..< count).map { $0 * rows.count / count })
        let explained = explainer.explain(
            sample,
            .pairs(Explainer.automaticPairs),
            threads: threads
        )
        customers = count
        referenceError = explainer.referenceError
        let columns = schema.features.enumerated().map { place, feature in
            let points = explained.map { $0.points[place] }
            let values = (0 ..< count).map { sample[row: $0, column: place] }
            return Column(
                name: feature.name,
                meanAbsolutePoints: points.reduce(0) { $0 + abs($1) } / Double(max(count, 1)),
                dependence: feature.personal ? [] : Self.cells(values, points, feature)
            )
        }
        // Equal ones stay in the schema's order.
        self.columns = columns.indices.sorted {
            (columns[$1].meanAbsolutePoints, $0) < (columns[$0].meanAbsolutePoints, $1)
        }
        .map { columns[$0] }
    }

    /// Runs of values of at least 20 customers, a tenth of all where there are more.
    ///
    /// A level is a run, and so are empty fields; a run of fewer is left out.
    private static func cells(
        _ values: [Double],
        _ points: [Double],
        _ feature: ColumnSchema
    ) -> [Cell] {
        let coding = feature.type.coding
        let isNumber = coding == .number
        let filled = values.indices.filter { !values[$0].isNaN }
            .sorted { (values[$0], $0) < (values[$1], $1) }
        var runs: [[Int]] = []
        for row in filled {
            let last = runs.last?.last.map { values[$0] }
            let isFull = (runs.last?.count ?? 0) >= max(fewest, filled.count / 10)
            if let last, last == values[row] || (isNumber && !isFull) {
                runs[runs.count - 1].append(row)
            } else {
                runs.append([row])
            }
        }
        runs.append(values.indices.filter { values[$0].isNaN })
        return runs.filter { $0.count >= fewest }.map { run in
            let sum = run.reduce(0.0) { $0 + points[$1] }
            let (low, high) = (values[run[0]], values[run[run.count - 1]])
            return Cell(
                from: text(low, feature),
                to: text(high, feature),
                customers: run.count,
                meanPoints: sum / Double(run.count),
                span: feature.type.kind == .number && low <= high ? low ... high : nil
            )
        }
    }

    private static func text(_ value: Double, _ feature: ColumnSchema) -> String {
        if feature.type.coding?.isNull(value) ?? true { return "" }
        if feature.type.coding != .number, value < 0 { return Cell.notListed }
        return feature.format?.text(of: value) ?? feature.type.text(of: value)
    }
}
