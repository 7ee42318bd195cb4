import Drift
import Kernels
import Schema
import Tabular

/// Files of about normal numbers, of which the first two go together.
enum NormalColumns {
    static let names = ["one", "two", "three", "four", "five", "six"]

    static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: nil,
        columns: names.map {
            ColumnSchema(
                name: $0,
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            )
        }
    )

    /// Rows, some values of which are changed: `change` gets column, row and value.
    static func table(
        rows: Int,
        seed: UInt64,
        correlation: Double = 0,
        change: (Int, Int, Double) -> Double = { $2 }
    ) -> Table {
        var generator = SeededGenerator(seed: seed)
        var columns = names.map { _ in [Double]() }
        for row in 0 ..< rows {
            var values = names.map { _ in
                (0 ..< 12).reduce(-6.0) { sum, _ in sum + generator.uniform() }
            }
            values[1] =
                correlation * values[0]
                + (1 - correlation * correlation).squareRoot() * values[1]
            for column in columns.indices {
                columns[column].append(change(column, row, values[column]))
            }
        }
        return Table(zip(names, columns).map { ($0, .number($1)) }, rowCount: rows)
    }
}

extension Table {
    func sample(_ schema: Schema) -> RowSample {
        var sample = RowSample(schema)
        sample.add(self, first: 0)
        return sample
    }

    func profile(_ schema: Schema) -> DriftProfile {
        var profile = DriftProfile(schema)
        profile.add(self)
        return profile
    }
}
