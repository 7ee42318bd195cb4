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
    /// Of the features and then of the scores, by customer; codes of levels.
    private let columns: [[Double]]

    var rows: Int { columns.first?.count ?? 0 }

    /// Reads customers; rows that the model's schema refuses are left out, as a service does.
    init(_ path: String, model: ChurnModel) throws {
        let (header, dialect, batches, _) = try CustomerData.allBatches(
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
        let parts = try concurrently(batches.count) { number in
            let table = decoder.decode(batches[number]).table
            return table.columns.map(\.codes) + [try model.predict(table).map(Double.init)]
        }
        columns = (0 ... model.schema.features.count).map { column in
            parts.flatMap { $0[column] }
        }
    }

    /// Where each value lies, shape [rows, categories that are not nil], row by row.
    ///
    /// - Precondition: A column has at most 256 categories.
    func places(_ categories: [ColumnCategories?]) -> [UInt8] {
        let watched = zip(categories, columns).compactMap { category, values in
            category.map { ($0, values) }
        }
        var places = [UInt8](repeating: 0, count: rows * watched.count)
        for (number, (category, values)) in watched.enumerated() {
            for (row, value) in values.enumerated() {
                places[row * watched.count + number] = UInt8(category.place(of: value))
            }
        }
        return places
    }

    /// What the folder of a model holds that was fitted to some customers and judged on others.
    func reference(fitted: [Int], judged: [Int]) -> DriftReference {
        let features = zip(model.schema.features, columns).map { feature, values in
            let drawn = fitted.map { values[$0] }
            let column: Column =
                if case .levels(let levels) = feature.type {
                    .level(codes: drawn.map { Int32($0) }, levels: levels)
                } else {
                    .number(drawn)
                }
            return (name: feature.name, column: column)
        }
        let scores = columns[columns.count - 1]
        return DriftReference(
            Table(features, rowCount: fitted.count),
            schema: model.schema,
            scores: judged.map { Float(scores[$0]) }
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
