import ChurnModel
import Drift
import Files
import Kernels
import Schema
import Tabular
import Training

/// Very many customers as a service has them: typed by a model's schema, and scored by it.
///
/// Whoever draws from it with replacement draws independently from one distribution, which the pool is.
struct CustomerPool: Sendable {
    private let model: ChurnModel
    /// Features and the score.
    let width: Int
    /// Shape [rows, width], row by row; codes of levels.
    private let values: [Double]

    var rows: Int { values.count / width }

    /// Reads customers; rows that the model's schema refuses are left out, as a service does.
    init(_ path: String, model: ChurnModel) throws {
        let (header, dialect, batches) = try CustomerData.allBatches(
            of: path,
            threads: Processors.active
        )
        let decoder = try SchemaDecoder(
            model.schema,
            header: header,
            needsTarget: false,
            decimalComma: dialect.decimalComma
        )
        self.model = model
        width = model.schema.features.count + 1
        values = try concurrently(batches.count) { number in
            let table = decoder.decode(batches[number]).table
            let scores = try model.predict(table).map(Double.init)
            let columns = table.columns.map(\.codes) + [scores]
            return scores.indices.flatMap { row in columns.map { $0[row] } }
        }.flatMap(\.self)
    }

    /// A customer's features and score.
    subscript(row: Int) -> ArraySlice<Double> { values[row * width ..< (row + 1) * width] }

    /// What the folder of a model holds that was fitted to some customers and judged on others.
    func reference(fitted: [Int], judged: [Int]) -> DriftReference {
        let columns = model.schema.features.enumerated().map { place, feature in
            let drawn = fitted.map { values[$0 * width + place] }
            let column: Column =
                if case .levels(let levels) = feature.type {
                    .level(codes: drawn.map { Int32($0) }, levels: levels)
                } else {
                    .number(drawn)
                }
            return (name: feature.name, column: column)
        }
        return DriftReference(
            Table(columns, rowCount: fitted.count),
            schema: model.schema,
            scores: judged.map { Float(values[($0 + 1) * width - 1]) }
        )
    }

    /// The same of customers drawn at random.
    func reference(
        fitted: Int,
        judged: Int,
        using generator: inout SeededGenerator
    ) -> DriftReference {
        reference(
            fitted: (0 ..< fitted).map { _ in generator.below(rows) },
            judged: (0 ..< judged).map { _ in generator.below(rows) }
        )
    }

    /// The same of all of them.
    var reference: DriftReference {
        reference(fitted: Array(0 ..< rows), judged: Array(0 ..< rows))
    }
}

extension Column {
    /// As a service has them: numbers, NaN where there is none, or codes of levels.
    fileprivate var codes: [Double] {
        switch self {
        case .number(let values): values
        case .level(let codes, _): codes.map(Double.init)
        case .text(let texts): texts.map { _ in .nan }
        }
    }
}
