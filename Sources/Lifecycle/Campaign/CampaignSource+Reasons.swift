public import Campaign
import ChurnModel
import Explanation
import Output
public import Schema
import Tabular

extension CampaignSource {
    /// Why some customers of a file have their scores, sampled with two pairs: exact reasons of a list take minutes.
    ///
    /// - Parameters:
    ///   - rows: Of the file, from 0, in any order; each is there and keeps the schema.
    ///   - count: How many columns are named at most for each.
    ///   - data: The file.
    ///   - day: What dates are counted back from; nil for the file's reference column, or the present day.
    ///   - onProgress: Called with the customers so far.
    /// - Returns: Each row's, the weightiest first.
    /// - Throws: `NoReferenceCustomers` where the model can't tell; `FileError`, `CSVError`, `ColumnMismatch`.
    /// - Complexity: O(bytes + rows · references · features) evaluations of the model.
    public func reasons(
        of rows: [UInt32],
        count: Int,
        in data: String,
        asOf day: Day?,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> [CampaignFiles.Reasons?] {
        let explainer = try CustomerExplainer(saved, levers: [])
        let names = explainer.features.map(\.name)
        let coded = try codedRows(rows, in: data, asOf: day, columns: names)
        var told: [CampaignFiles.Reasons?] = []
        for first in stride(from: 0, to: rows.count, by: Self.group) {
            let some = coded.selecting(first ..< min(first + Self.group, rows.count))
            told += explainer.explain(some, .pairs(2), threads: threads).map { customer in
                CampaignFiles.Reasons(
                    customer.reasons.reasons.prefix(count).map { ($0.column, $0.points) }
                )
            }
            onProgress(told.count)
        }
        return told
    }

    /// So many customers are explained between two reports of progress.
    private static var group: Int { 64 }

    /// Some rows of a file as the model reads them, in the order given.
    private func codedRows(
        _ wanted: [UInt32],
        in data: String,
        asOf day: Day?,
        columns: [String]
    ) throws -> CodedRows {
        var reader = try CSVReader(data, encoding: encoding)
        let decoder = try SchemaDecoder(
            saved.model.schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: reader.dialect.decimalComma,
            asOf: saved.model.schema.asOf(scoring: reader.header, given: day)
        )
        let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
        var found = CodedRows(width: columns.count)
        var first = 0
        try reader.forEachBatch(threads: 1) {
            $0
        } consume: { batch in
            let rest = order[found.count...]
            let rows = rest.prefix { Int(wanted[$0]) < first + batch.rowCount }
                .map { Int(wanted[$0]) - first }
            first += batch.rowCount
            guard !rows.isEmpty else { return }
            let decoded = decoder.decode(batch.selecting(rows))
            guard decoded.rejectedRows.isEmpty else {
                throw CampaignError(
                    .badData,
                    "\(data): the reasons of \(decoded.rejectedRows.count) customers of the list can't be told:"
                        + " \(decoded.violations.first?.description ?? ""); mend the rows, or leave out --reasons"
                )
            }
            let table = decoded.table
            found.append(Array(0 ..< table.rowCount), of: table, columns: columns)
        }
        // Back to the order that was asked for.
        var places = Array(repeating: 0, count: wanted.count)
        for (place, original) in order.enumerated() { places[original] = place }
        return found.selecting(places)
    }
}
