import Campaign
import Evaluation
import Output
import Schema
import Tabular

/// Where a file holds the amounts of a campaign's terms, and what they must be.
struct AmountColumns: Sendable {
    /// One column of amounts.
    struct Column: Sendable {
        let name: String
        let index: Int
        /// How numbers are written; nil for plain ones.
        let form: NumberForm?
        /// Whether amounts are shares.
        let isRate: Bool
    }

    /// In the order of the terms' columns.
    let columns: [Column]
    let decimalComma: Bool

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - terms: What the campaign chooses by.
    ///   - names: Which of the terms' columns the file must have; nil for all of them.
    ///   - schema: How amounts are written.
    ///   - header: Of the file.
    ///   - decimalComma: Whether numbers of the file have a decimal comma.
    ///   - path: The file.
    ///   - fix: What to do where a column is missing.
    /// - Throws: `CampaignError` where one is missing.
    init(
        _ terms: CampaignTerms,
        names: [String]? = nil,
        schema: Schema,
        header: [String],
        decimalComma: Bool,
        path: String,
        fix: String
    ) throws(CampaignError) {
        let rates = terms.offers.flatMap { [$0.acceptanceRate, $0.stayerAcceptanceRate] }
            .compactMap(\.column)
        var columns: [Column] = []
        for name in names ?? terms.columns {
            guard let index = header.firstIndex(of: name) else {
                throw CampaignError(
                    .badData,
                    "\(path): the column \"\(name)\", which costs: of retain.yaml names, is not there; \(fix)"
                )
            }
            columns.append(
                Column(
                    name: name,
                    index: index,
                    form: schema.columns.first { $0.name == name }?.format,
                    isRate: rates.contains(name)
                )
            )
        }
        self.columns = columns
        self.decimalComma = decimalComma
    }
}

extension AmountColumns.Column {
    /// The amounts of some rows; what is none is noted.
    func numbers(
        of batch: RecordBatch,
        _ rows: [Int],
        _ decimalComma: Bool,
        _ faults: inout AmountFaults
    ) -> [Double] {
        let plain =
            form == nil ? batch.numbers(column: index, decimalComma: decimalComma).values : []
        return rows.map { row in
            let number =
                form.map { $0.value(of: batch.text(row: row, column: index)) ?? .nan }
                ?? plain[row]
            if number >= 0, number <= (isRate ? 1 : .greatestFiniteMagnitude) { return number }
            let text = batch.text(row: row, column: index)
            let kind: AmountFaults.Kind =
                text.allSatisfy(\.isWhitespace)
                ? .empty : number < 0 ? .negative : number.isNaN ? .noNumber : .tooGreat
            faults.add(name, kind, line: batch.line(row: row), value: text)
            return number
        }
    }
}

/// Fields of a file without which a campaign can't choose.
struct AmountFaults: Sendable {
    /// What is wrong.
    enum Kind: String, Sendable {
        case empty = "empty"
        case noNumber = "no number"
        case negative = "below 0"
        case tooGreat = "above 1"
        case noProbability = "no probability from 0 to 1"
        case noIdentifier = "empty, so that the customer has no name"
    }

    private struct Fault: Sendable {
        let column: String
        let kind: Kind
        var count: Int
        let line: Int
        let value: String
    }

    private var faults: [Fault] = []

    mutating func add(_ column: String, _ kind: Kind, line: Int, value: String) {
        add(
            Fault(column: column, kind: kind, count: 1, line: line, value: String(value.prefix(40)))
        )
    }

    mutating func add(_ other: AmountFaults) {
        for fault in other.faults { add(fault) }
    }

    private mutating func add(_ fault: Fault) {
        if let place = faults.firstIndex(where: {
            $0.column == fault.column && $0.kind == fault.kind
        }) {
            faults[place].count += fault.count
        } else {
            faults.append(fault)
        }
    }

    /// All of them in one line, with the first place of each; nil where there are none.
    func sentence(_ path: String) -> String? {
        guard !faults.isEmpty else { return nil }
        let parts = faults.map { fault in
            let first =
                "line \(fault.line)" + (fault.value.isEmpty ? "" : " (\"\(fault.value)\")")
            return fault.count == 1
                ? "column \"\(fault.column)\" is \(fault.kind.rawValue) in \(first)"
                : "column \"\(fault.column)\" is \(fault.kind.rawValue) in \(fault.count) rows, first in \(first)"
        }
        return
            "\(path): \(parts.joined(separator: "; ")); mend these rows, or take them out of the file"
    }
}
