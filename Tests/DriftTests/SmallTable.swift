import Drift
import Kernels
import Schema
import Tabular

/// A file of one number and one category.
enum SmallTable {
    static let levels = ["blue", "green", "red"]

    static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: nil,
        columns: [
            ColumnSchema(
                name: "size",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(
                name: "colour",
                role: .feature,
                type: .levels(levels),
                nulls: .impute,
                unseen: .other
            ),
        ]
    )

    /// A table of numbers, NaN where missing, and codes, −1 where missing and −2 where unseen.
    static func table(_ sizes: [Double], _ codes: [Int32]) -> Table {
        Table(
            [("size", .number(sizes)), ("colour", .level(codes: codes, levels: levels))],
            rowCount: sizes.count
        )
    }

    /// Uniform numbers from 0 to 1 and levels of equal shares.
    static func table(rows: Int, seed: UInt64) -> Table {
        var generator = SeededGenerator(seed: seed)
        let sizes = (0 ..< rows).map { _ in generator.uniform() }
        return table(sizes, (0 ..< rows).map { _ in Int32(generator.below(3)) })
    }

    /// The same rows, some of them changed.
    static func table(
        rows: Int,
        seed: UInt64,
        size: (Int, Double) -> Double = { $1 },
        code: (Int, Int32) -> Int32 = { $1 }
    ) -> Table {
        let plain = table(rows: rows, seed: seed)
        guard case .number(let sizes) = plain.columns[0],
            case .level(let codes, _) = plain.columns[1]
        else { return plain }
        return table(
            sizes.enumerated().map { size($0, $1) },
            codes.enumerated().map { code($0, $1) }
        )
    }

    static func profile(_ table: Table, scores: [Float] = []) -> DriftProfile {
        var profile = DriftProfile(schema)
        profile.add(table, scores: scores)
        return profile
    }
}
