import Campaign
import Evaluation
import Files
import Output
import Schema
import Tabular
import Training

/// What customers' data has beside a file of scores: the amounts that the scores lack, and where customers' rows are.
public struct CustomersBeside: Sendable {
    /// The data's path.
    public let path: String
    /// The file's name, without its folder.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    /// SHA-256 of the data.
    public let digest: String
    /// The row of each customer of the scores, from 0; `CampaignReader.Read.noRow` where there is none.
    let rows: [UInt32]
    /// The amounts of each column, shape [customers].
    let amounts: [String: [Double]]
    /// What dates are counted back from; nil where there are none.
    let asOf: AsOf?
    /// What a person should know of how the data was read.
    public let remarks: [String]

    /// Rows of the data whose customers are in the scores.
    private struct Found: Sendable {
        /// Of the scores, shape [rows].
        var places: [Int] = []
        var customers: CustomerBatch
    }

    /// Reads the data and joins it by identifier; rows of others are passed over.
    ///
    /// - Parameters:
    ///   - path: A CSV file.
    ///   - index: Finds customers of the scores.
    ///   - count: How many there are.
    ///   - scores: The file of scores.
    ///   - reader: Knows schema and threads.
    ///   - terms: By what amounts are read.
    ///   - columns: The amounts to read; each customer must have all of them.
    ///   - asOf: From when on dates are counted back, by the header.
    ///   - encoding: How the file's characters are written; nil finds out.
    /// - Throws: `CampaignError`, `FileError`, `CSVError`.
    /// - Complexity: O(bytes).
    init(
        _ path: String,
        of index: IdentifierIndex,
        count: Int,
        scores: String,
        reader: CampaignReader,
        terms: CampaignTerms,
        columns: [String],
        asOf: ([String]) -> AsOf?,
        encoding: TextEncoding?
    ) throws {
        var file = try CSVReader(path, encoding: encoding)
        let header = file.header
        let names = [reader.schema.identifier, "identifier", "customer"].compactMap(\.self)
        guard let identifier = names.first(where: header.contains) else {
            throw CampaignError(
                .badData,
                "\(path): it has no column that names customers, by which it could be joined with \(scores); give one role:"
                    + " identifier in retain.yaml"
            )
        }
        let column = header.firstIndex(of: identifier) ?? 0
        let wanted = try AmountColumns(
            terms,
            names: columns,
            schema: reader.schema,
            header: header,
            decimalComma: file.dialect.decimalComma,
            path: path,
            fix:
                "nor is it in \(scores); correct the name under costs: in retain.yaml, or add the column"
        )
        var rows = [UInt32](repeating: CampaignReader.Read.noRow, count: count)
        var amounts = columns.map { _ in [Double](repeating: 0, count: count) }
        var (faults, before) = (AmountFaults(), 0)
        try file.forEachBatch(threads: reader.threads) { batch in
            Self.found(batch, column, index, wanted)
        } consume: { found in
            for (number, place) in found.places.enumerated() {
                let row = before + Int(found.customers.rows[number])
                guard rows[place] == CampaignReader.Read.noRow else {
                    throw CampaignError(
                        .badData,
                        "\(path): the customer of row \(row + 1) (column \"\(identifier)\") stands in row \(rows[place] + 1) already;"
                            + " keep one row for each customer"
                    )
                }
                rows[place] = UInt32(row)
                for column in columns.indices {
                    amounts[column][place] = found.customers.amounts[column][number]
                }
            }
            before += found.customers.rowCount
            faults.add(found.customers.faults)
        }
        if let problem = faults.sentence(path) { throw CampaignError(.badData, problem) }
        let lost = columns.isEmpty ? [] : rows.indices.filter { rows[$0] == .max }
        guard lost.isEmpty else {
            throw CampaignError(
                .badData,
                "\(lost.count) of the \(count) customers of \(scores) are not in \(path), so that \(columns.joined(separator: ", "))"
                    + " is not known of them: \(Self.told(lost.map(index.text))); add their rows, or take them out of the scores"
            )
        }
        self.path = path
        self.rows = rows
        self.amounts = Dictionary(uniqueKeysWithValues: zip(columns, amounts))
        self.asOf = asOf(header)
        remarks = file.remarks
        digest = try fileDigest(path)
    }

    /// The first few of some names.
    static func told(_ names: [String]) -> String {
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    }

    private static func found(
        _ batch: RecordBatch,
        _ column: Int,
        _ index: IdentifierIndex,
        _ wanted: AmountColumns
    ) -> Found {
        var found = Found(customers: CustomerBatch(amounts: wanted.columns.count))
        let malformed = Set(batch.malformed.map(\.row))
        var (rows, identifier): ([Int], [UInt8]) = ([], [])
        for row in 0 ..< batch.rowCount where !malformed.contains(row) {
            identifier.removeAll(keepingCapacity: true)
            batch.append(row: row, column: column, to: &identifier)
            guard let place = index.place(of: identifier[...]) else { continue }
            rows.append(row)
            found.places.append(place)
        }
        found.customers.take(batch, rows, wanted)
        found.customers.rowCount = batch.rowCount
        return found
    }
}
