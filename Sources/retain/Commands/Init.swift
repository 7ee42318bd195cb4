import ArgumentParser
import Files
import FoundationEssentials
import Schema
import Tabular
import Training

/// `retain init`: infers `retain.yaml`.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Infer retain.yaml: what each column of a customer file means.",
        discussion: """
            Finds identifiers, constant columns and columns that leak the target, and says why.

              retain init customers.csv --target Exited -o retain.yaml
            """
    )

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Option(help: "The yes/no column to predict.")
    var target: String?

    @Option(help: "The target's level that means that the customer left, where it can't be told.")
    var positive: String?

    @Option(name: .shortAndLong, help: "Where to write; - is standard output.")
    var output = "retain.yaml"

    @Flag(help: "Replace an existing file.")
    var force = false

    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func run() throws {
        if output != "-", !force, FileManager.default.fileExists(atPath: output) {
            throw FileError(
                kind: .cannotWrite,
                path: output,
                reason: "it exists",
                fix: "name another file with -o, or replace it with --force"
            )
        }
        let (header, dialect, batches) = try CustomerData.allBatches(
            of: data,
            threads: threads.count
        )
        let inference = SchemaInference(
            target: target,
            positive: positive,
            decimalComma: dialect.decimalComma
        )
        let inferred = try inference.inferFindingTarget(header: header, batches: batches)
        let project = Project(schema: inferred.schema)
        try AtomicFile.write(Array(inferred.yaml(sections: project.sections).utf8), to: output)
        if asJSON.isOn, output != "-" {
            try say(json(inferred.schema))
        } else {
            inferred.tell(givenTarget: target)
            if output != "-" {
                note("Wrote \(output). Read it through, then: retain train \(data)")
            }
        }
    }
}

extension InferredSchema {
    /// Tells the user what was found, a line a column, and which target was taken where none was given.
    func tell(givenTarget: String?) {
        if givenTarget == nil {
            note(
                "The target is taken to be \"\(schema.target.column)\", by its name; "
                    + "--target names another."
            )
        }
        note(table)
    }

    private var table: String {
        let share = 100 * Double(positiveCount) / Double(max(1, rowCount))
        return textTable([Self.summaryHeadings] + summary)
            + "\n\n\(rowCount) rows, of which \(positiveCount) (\(share.fixed(1)) %) left.\n"
            + leaks.map {
                "Excluded as a leak: \"\($0.column)\" (\($0.strength)); if it is truly known before a "
                    + "customer leaves, give it role: feature and leak: allowed in retain.yaml.\n"
            }.joined()
    }
}

/// Rows of texts in columns of equal width, the first row a heading.
func textTable(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0 ..< count).map { column in
        rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        var line = ""
        for (column, text) in row.enumerated() {
            let padding = column < row.count - 1 ? widths[column] - text.count + 2 : 0
            line += text + String(repeating: " ", count: padding)
        }
        return line
    }.joined(separator: "\n")
}
