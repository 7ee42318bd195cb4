import ArgumentParser
import Output
import Schema
import Tabular
import Training

/// `retain check`: validates a file against the schema.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate a file against the schema: one line per problem.",
        discussion: """
            Each line names line number, column, value and rule. Exit code 65 where there is a problem.

              retain check customers.csv --schema retain.yaml
            """
    )

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Flag(help: "The file need not have the target (customers to be scored).")
    var unlabelled = false

    @OptionGroup var schema: SchemaOption
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func run() throws {
        guard let project = try schema.project() else {
            throw ValidationError(
                "there is no retain.yaml in this folder; name one with --schema, or write one with "
                    + "`retain init \(data) --target COLUMN`"
            )
        }
        var reader = try CSVReader(data, encoding: encoding.choice)
        let decoder = try SchemaDecoder(
            project.schema,
            header: reader.header,
            needsTarget: !unlabelled,
            decimalComma: reader.dialect.decimalComma
        )
        var result = Result(rows: 0, rejected: 0, outside: OutsideCounts(), problems: [])
        let keepsProblems = asJSON.isOn
        let activity = Activity("checking", through: data)
        defer { activity.end() }
        var unlabelled = UnlabelledRows()
        try reader.forEachBatch(threads: threads.count) {
            decoder.decode($0)
        } consume: { batch in
            activity.tell("\(countText(result.rows)) rows")
            result.rows += batch.rowCount
            unlabelled.add(batch.unlabelled)
            result.rejected += batch.rejectedRows.count
            result.outside.add(batch.outside)
            if keepsProblems {
                result.problems += batch.violations.map(Problem.init)
            } else if !batch.violations.isEmpty {
                try say(batch.violations.map(\.description).joined(separator: "\n"))
            }
        }
        activity.end()
        note(reader.remarks, of: data)
        result.unlabelled = unlabelled.count
        if asJSON.isOn { try say(json(result)) }
        if let summary = unlabelled.summary(target: project.schema.target.column) {
            note("\(data): \(summary).")
        }
        if let sentence = result.outside.sentence { note(sentence) }
        guard result.rejected == 0 else {
            throw RejectedRows(source: data, rejected: result.rejected, rows: result.rows)
        }
        note("\(data): all \(result.rows) rows keep the schema.")
    }

    private struct Result: Encodable {
        var rows, rejected: Int
        var outside: OutsideCounts
        /// Rows whose target does not say who left; training leaves them out.
        var unlabelled = 0
        var problems: [Problem]
    }

    private struct Problem: Encodable {
        let line: Int
        let column: String?
        let value, rule: String

        init(_ violation: SchemaViolation) {
            line = violation.line
            column = violation.column
            value = violation.value
            rule = violation.rule
        }
    }
}

/// Rows that break the schema, after each was named.
struct RejectedRows: RetainError {
    let source: String
    let rejected, rows: Int
    var advice = "mend them, or change the rules in retain.yaml"

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(source): \(rejected) of \(rows) rows break\(rejected == 1 ? "s" : "") the schema; \(advice)"
    }
}
