import ChurnModel
import Evaluation
import Explanation
import Output
import Schema
import Tabular

/// What the output has of one batch: a line, an object or a row of Arrow for each customer.
///
/// What a file without identifiers calls its rows is known only once those before them are counted, so that the page is
/// written when its turn comes; any thread may do that before, where identifiers are there.
struct ScorePage: Sendable {
    let model: ChurnModel
    /// How it is written.
    let layout: ScoreLayout
    let batch: RecordBatch
    let decoded: DecodedBatch
    /// Of each accepted row.
    let probabilities: [Float]
    /// The places of the scores that are written.
    let listed: [Int]
    /// Of those, why they are what they are.
    let customers: [ExplainedCustomer]

    /// The bytes.
    func bytes(_ identifier: RowIdentifier) -> [UInt8] {
        switch layout.form {
        case .csv where isPlain:
            batch.lines(
                identifiedBy: identifier,
                rows: decoded.acceptedRows,
                values: probabilities,
                endings: layout.endings,
                endingOf: probabilities.map { layout.word(of: $0, model) }
            )
        case .csv: lines(identifier)
        case .json: objects(identifier)
        case .arrow: layout.writer(identifier).batch(columns(identifier))
        }
    }

    /// Whether each line is an identifier, a score and one of a few endings.
    private var isPlain: Bool {
        layout.reasons == nil && listed.count == probabilities.count
            && (!layout.allRows || decoded.rejectedRows.isEmpty)
    }

    /// What is written of a row.
    private enum Entry {
        /// The place of its score, and its number among those that are listed.
        case scored(place: Int, number: Int)
        /// What is wrong with it.
        case rejected(String)
    }

    /// The rows that are written, in the order of the file.
    private var entries: [(row: Int, entry: Entry)] {
        let scored = listed.enumerated().map { number, place in
            (decoded.acceptedRows[place], Entry.scored(place: place, number: number))
        }
        guard layout.allRows, !decoded.rejectedRows.isEmpty else { return scored }
        let rejected = decoded.rejectedReasons.map { ($0.row, Entry.rejected($0.reason)) }
        return (scored + rejected).sorted { $0.0 < $1.0 }
    }

    private func lines(_ identifier: RowIdentifier) -> [UInt8] {
        var lines: [UInt8] = []
        for (row, entry) in entries {
            switch identifier {
            case .column(let column): batch.appendCSVField(row: row, column: column, to: &lines)
            case .number(let first): lines += "\(first + row)".utf8
            }
            switch entry {
            case .scored(let place, let number):
                let probability = probabilities[place]
                lines += ",\(probability)".utf8
                lines += layout.words[Int(layout.word(of: probability, model))]
                if let reasons = layout.reasons { reasons.append(customers[number], to: &lines) }
                if layout.allRows { lines.append(UInt8(ascii: ",")) }
            case .rejected(let reason):
                let empty = layout.fields(identifier).count - 1
                lines += [UInt8](repeating: UInt8(ascii: ","), count: empty)
                lines.appendCSVField(reason)
            }
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }

    private func objects(_ identifier: RowIdentifier) -> [UInt8] {
        var lines: [UInt8] = []
        var outside = decoded.outside[...]
        for (row, entry) in entries {
            lines += "{\"identifier\":".utf8
            lines.appendJSON(batch.text(row: row, identifier))
            switch entry {
            case .scored(let place, let number):
                let probability = probabilities[place]
                outside = outside.drop { $0.row < row }
                lines += ",\"churn_probability\":\(probability)".utf8
                lines += ",\"risk\":\"\(model.risk(of: probability).rawValue)\"".utf8
                if let conformal = layout.conformal {
                    let certainty = conformal.certainty(of: probability).rawValue
                    lines += ",\"certainty\":\"\(certainty)\"".utf8
                }
                if let asOf = layout.asOf { lines += ",\"as_of\":\"\(asOf)\"".utf8 }
                lines += ",\"outside\":[".utf8
                for (place, found) in outside.prefix(while: { $0.row == row }).enumerated() {
                    if place > 0 { lines.append(UInt8(ascii: ",")) }
                    lines.appendJSON(found.column ?? "")
                }
                lines.append(UInt8(ascii: "]"))
                if let reasons = layout.reasons {
                    lines += ",\"reasons\":".utf8
                    customers[number].reasons.appendList(most: reasons.count, to: &lines)
                }
                if layout.allRows { lines += ",\"rejected\":null".utf8 }
            case .rejected(let reason):
                lines += ",\"churn_probability\":null,\"risk\":null,\"rejected\":".utf8
                lines.appendJSON(reason)
            }
            lines += "}\n".utf8
        }
        return lines
    }

    private func columns(_ identifier: RowIdentifier) -> [ArrowColumn] {
        var columns = layout.fields(identifier).map { ArrowColumn($0.kind) }
        for (row, entry) in entries {
            switch identifier {
            case .column(let column): columns[0].append(batch, row: row, column: column)
            case .number(let first): columns[0].append(first + row)
            }
            guard case .scored(let place, let number) = entry else {
                for column in columns.indices.dropFirst() {
                    if case .rejected(let reason) = entry, column == columns.count - 1 {
                        columns[column].append(reason)
                    } else {
                        columns[column].appendNull()
                    }
                }
                continue
            }
            let probability = probabilities[place]
            columns[1].append(probability)
            columns[2].append(model.risk(of: probability).rawValue)
            var next = 3
            if let conformal = layout.conformal {
                columns[next].append(conformal.certainty(of: probability).rawValue)
                next += 1
            }
            if let asOf = layout.asOf {
                columns[next].append("\(asOf)")
                next += 1
            }
            let reasons =
                layout.reasons.map { customers[number].reasons.reasons.prefix($0.count) } ?? []
            for reason in reasons {
                columns[next].append(reason.column)
                columns[next + 1].append(reason.points)
                next += 2
            }
            for column in next ..< columns.count { columns[column].appendNull() }
        }
        return columns
    }
}
