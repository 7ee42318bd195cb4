import Schema
import Tabular

/// A small customer file for tests.
struct CustomerFile {
    var header: [String]
    var rows: [[String]]

    /// The records in batches of at most `size`.
    func batches(of size: Int = .max) -> [RecordBatch] {
        stride(from: 0, to: rows.count, by: min(size, max(1, rows.count))).map { start in
            let part = rows[start ..< min(rows.count, start + min(size, rows.count))]
            return RecordBatch(columnCount: header.count, rows: Array(part))
        }
    }

    /// Infers the schema.
    func schema(
        target: String?,
        positive: String? = nil,
        decimalComma: Bool = false
    ) throws(SchemaInferenceError) -> InferredSchema {
        try SchemaInference(target: target, positive: positive, decimalComma: decimalComma)
            .infer(header: header, batches: batches())
    }

    /// A file of two columns: the given fields, and a target that alternates.
    static func column(_ fields: [String]) -> CustomerFile {
        CustomerFile(
            header: ["Value", "Left", "Age"],
            rows: fields.enumerated().map { [$1, $0.isMultiple(of: 2) ? "0" : "1", "\($0 % 7)"] }
        )
    }

    /// Bank customers with the columns of a well-known churn file, all values made up.
    static func bank(_ count: Int, seed: UInt64 = 1) -> CustomerFile {
        var random = Weyl(seed)
        var taken: Set<Int> = []
        let surnames = (0 ..< max(10, count * 2 / 3)).map { "Name\($0 * 37 % 9973)" }
        let rows = (1 ... count).map { number -> [String] in
            var id = Int.random(in: 15_565_701 ... 15_815_690, using: &random)
            while !taken.insert(id).inserted {
                id = Int.random(in: 15_565_701 ... 15_815_690, using: &random)
            }
            let left = Int.random(in: 0 ..< 5, using: &random) == 0
            let complains = Int.random(in: 0 ..< 500, using: &random) == 0 ? !left : left
            return [
                "\(number)", "\(id)", surnames.randomElement(using: &random) ?? "",
                "\(Int.random(in: 350...850, using: &random))",
                ["France", "Spain", "Germany"].randomElement(using: &random) ?? "",
                "\(Int.random(in: 18...92, using: &random))",
                Bool.random(using: &random)
                    ? "0" : "\(Double(Int.random(in: 1...25_000_000, using: &random)) / 100)",
                "\(Int.random(in: 1...4, using: &random))",
                "\(Int.random(in: 0...1, using: &random))",
                "\(Double(Int.random(in: 1...20_000_000, using: &random)) / 100)",
                left ? "1" : "0", complains ? "1" : "0",
            ]
        }
        return CustomerFile(
            header: [
                "RowNumber", "CustomerId", "Surname", "CreditScore", "Geography", "Age", "Balance",
                "NumOfProducts", "HasCrCard", "EstimatedSalary", "Exited", "Complain",
            ],
            rows: rows
        )
    }
}

/// SplitMix64, so that every run sees the same data.
struct Weyl: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension InferredSchema {
    func role(_ name: String) -> Role? { schema.columns.first { $0.name == name }?.role }
    func type(_ name: String) -> ColumnType? { schema.columns.first { $0.name == name }?.type }
    func column(_ name: String) -> ColumnSchema? { schema.columns.first { $0.name == name } }
    func reason(_ name: String) -> String? { evidence.first { $0.name == name }?.reason }
}
