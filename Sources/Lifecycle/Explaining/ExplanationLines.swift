import Explanation
import Output
import Schema
import Tabular
import Texts

/// Writes explained customers of one file: sentences for people, or elements of an array of JSON.
struct ExplanationLines {
    private let workflow: ExplanationWorkflow
    private let decoder: SchemaDecoder
    private let before: (any PastCustomers)?
    /// Where the texts of features stand whose coded value is not what the file has; nil for others.
    private let written: [Int?]

    init(
        _ workflow: ExplanationWorkflow,
        _ decoder: SchemaDecoder,
        header: [String],
        _ before: (any PastCustomers)?
    ) {
        self.workflow = workflow
        self.decoder = decoder
        self.before = before
        written = workflow.explainer.features.map { feature in
            switch feature.type {
            case .date, .levels: header.firstIndex(of: feature.name)
            case .number, .boolean, .cycle, .text: nil
            }
        }
    }

    /// What is written of some customers of a batch.
    ///
    /// - Parameters:
    ///   - decoded: The batch as the schema reads it.
    ///   - batch: The batch.
    ///   - firstRow: The number of the batch's first row in its file, from 1, by which customers without an identifier are called.
    ///   - group: Which of the accepted rows.
    ///   - counts: Takes how many there are.
    /// - Returns: Their bytes.
    /// - Throws: `FeatureError` where a model reads a column as another kind.
    func lines(
        _ decoded: DecodedBatch,
        of batch: RecordBatch,
        from firstRow: Int,
        _ group: Range<Int>,
        _ counts: inout ExplanationWorkflow.Counts
    ) throws -> [UInt8] {
        let features = workflow.explainer.features
        var rows = CodedRows(width: features.count)
        rows.append(Array(group), of: decoded.table, columns: features.map(\.name))
        var customers = workflow.explainer.explain(
            rows,
            workflow.manner.method,
            withLevers: workflow.manner.withLevers,
            threads: workflow.threads
        )
        let identifier = identifier(from: firstRow)
        let identifiers = group.map { batch.text(row: decoded.acceptedRows[$0], identifier) }
        let moves = try before?.moves(of: identifiers, to: rows, threads: workflow.threads)
        var bytes: [UInt8] = []
        for (place, row) in group.enumerated() {
            let source = decoded.acceptedRows[row]
            customers[place].setValues { feature in
                written[feature].map { batch.text(row: source, column: $0) }
            }
            let identifier = identifiers[place]
            if let move = moves?[place] { counts.before?.add(move, of: identifier) }
            if workflow.manner.isJSON {
                bytes += Self.separator(counts)
                append(customers[place], identifier, moves?[place], to: &bytes)
            } else {
                append(
                    customers[place],
                    identifier,
                    moves?[place],
                    isFirst: counts.told == 0,
                    to: &bytes
                )
            }
            counts.explained += 1
            counts.told += 1
            if !customers[place].isExact { counts.sampled += 1 }
        }
        return bytes
    }

    /// What is written of a row that breaks the schema, in its place.
    ///
    /// - Parameters:
    ///   - rejection: The row, and what is wrong with it.
    ///   - batch: The batch.
    ///   - firstRow: The number of the batch's first row in its file, from 1.
    ///   - counts: Takes that it is told of.
    /// - Returns: Its bytes.
    func line(
        _ rejection: (row: Int, reason: String),
        of batch: RecordBatch,
        from firstRow: Int,
        _ counts: inout ExplanationWorkflow.Counts
    ) -> [UInt8] {
        defer { counts.told += 1 }
        let name = batch.text(row: rejection.row, identifier(from: firstRow))
        guard workflow.manner.isJSON else {
            let rejected = workflow.manner.language("rejected", "rejeitada")
            return Array(
                "\(counts.told == 0 ? "" : "\n")\(name)\n  \(rejected): \(rejection.reason)\n".utf8
            )
        }
        var bytes = Array(Self.separator(counts))
        bytes += "{\"identifier\":".utf8
        bytes.appendJSON(name)
        bytes += ",\"rejected\":".utf8
        bytes.appendJSON(rejection.reason)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// How customers are called: as their column says, else by the row's number.
    private func identifier(from firstRow: Int) -> RowIdentifier {
        decoder.identifierColumn.map { .column($0) } ?? .number(first: firstRow)
    }

    /// What stands between two elements of the array, and before the first.
    private static func separator(_ counts: ExplanationWorkflow.Counts) -> String.UTF8View {
        (counts.told == 0 ? "\n" : ",\n").utf8
    }

    private func append(
        _ customer: ExplainedCustomer,
        _ identifier: String,
        _ move: MoveFinding?,
        to bytes: inout [UInt8]
    ) {
        bytes += "{\"identifier\":".utf8
        bytes.appendJSON(identifier)
        bytes.append(UInt8(ascii: ","))
        customer.appendMembers(workflow.manner.language, to: &bytes)
        bytes += ",\"reference_error\":".utf8
        bytes.appendJSON(workflow.explainer.referenceError)
        if let move {
            bytes.append(UInt8(ascii: ","))
            move.appendMembers(
                count: workflow.manner.reasons,
                workflow.manner.language,
                to: &bytes
            )
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private func append(
        _ customer: ExplainedCustomer,
        _ identifier: String,
        _ move: MoveFinding?,
        isFirst: Bool,
        to bytes: inout [UInt8]
    ) {
        let manner = workflow.manner
        var lines = workflow.explainer.sentences(
            customer,
            count: manner.reasons,
            manner.language
        )
        if let move { lines.append(move.sentence(count: manner.reasons, manner.language)) }
        bytes += "\(isFirst ? "" : "\n")\(identifier)\n".utf8
        for line in lines { bytes += "  \(line.plainSpaces)\n".utf8 }
    }

    /// What stands once below all customers.
    func footer(_ counts: ExplanationWorkflow.Counts) -> [UInt8] {
        let language = workflow.manner.language
        var lines = [
            ReasonTeller.disclaimer(language),
            ReasonTeller.nearness(
                workflow.explainer.referenceError,
                of: workflow.explainer.referenceCount,
                language
            ),
        ]
        if counts.sampled > 0 {
            let count = language.number(counts.sampled)
            lines.append(
                language(
                    "Of \(count) customers the points are sampled, with standard errors that --json shows; --exact takes longer.",
                    "De \(count) clientes os pontos são amostrados, com erros-padrão que --json mostra; --exact demora mais."
                )
            )
        }
        return Array(("\n" + lines.map { $0.plainSpaces + "\n" }.joined()).utf8)
    }
}

extension String {
    /// With usual spaces in place of those that don't break, which terminals and `grep` take for another character.
    var plainSpaces: String { String(map { $0 == "\u{A0}" ? " " : $0 }) }
}
