import ArgumentParser
import Files
import FoundationEssentials
import Output
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

    @OptionGroup var levels: LevelOptions

    @Option(
        name: .customLong("format"),
        help: ArgumentHelp(
            "How a column writes its numbers, where it can't be told: 'points=1.234'. May be repeated.",
            valueName: "COLUMN=EXAMPLE"
        )
    )
    var formats: [String] = []

    @Option(
        name: .customLong("date"),
        help: ArgumentHelp(
            "How a column writes its dates, where it can't be told: Joined=dmy. May be repeated.",
            valueName: "COLUMN=FORM"
        )
    )
    var dates: [String] = []

    @Option(name: .shortAndLong, help: "Where to write; - is standard output.")
    var output = "retain.yaml"

    @Flag(help: "Replace an existing file.")
    var force = false

    @OptionGroup var encoding: EncodingOption
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
        let activity = Activity("reading", through: data)
        defer { activity.end() }
        let (header, dialect, batches, remarks) = try CustomerData.allBatches(
            of: data,
            threads: threads.count,
            encoding: encoding.choice
        )
        note(remarks, of: data)
        var inference = levels.inference(
            target: target,
            decimalComma: dialect.decimalComma
        )
        inference.dialect = dialect
        inference.formats = try numberForms(formats)
        inference.dateForms = try dateForms(dates)
        let inferred = try inference.inferFindingTarget(header: header, batches: batches)
        activity.end()
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

/// The forms of `--format`, by column; a name may hold an equals sign, an example none.
private func numberForms(_ formats: [String]) throws -> [String: NumberForm] {
    var forms: [String: NumberForm] = [:]
    for format in formats {
        guard let sign = format.lastIndex(of: "="),
            let form = NumberForm(example: String(format[format.index(after: sign)...]))
        else {
            throw ValidationError(
                "--format \(format): write COLUMN=EXAMPLE, the example being a number as the column writes it, "
                    + "such as 1,234.50, 1.234,50 or 12.5%"
            )
        }
        forms[String(format[..<sign])] = form
    }
    return forms
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
        if let malformed {
            let rows = malformed.count == 1 ? "1 row" : "\(malformed.count) rows"
            note("Left out, since they can't be read: \(rows); \(malformed.first).")
        }
        note(table)
    }

    private var table: String {
        let share = 100 * Double(positiveCount) / Double(max(1, rowCount))
        return textTable([Self.summaryHeadings] + summary)
            + "\n\n\(rowCount) rows, of which \(positiveCount) (\(NumberFormat.fixed(1).text(share)) %) left.\n"
            + (unlabelled.summary(target: schema.target.column).map { "\($0).\n" } ?? "")
            + leaks.map {
                "Excluded as a leak: \"\($0.column)\" (\($0.strength)); if it is truly known before a "
                    + "customer leaves, give it role: feature and leak: allowed in retain.yaml.\n"
            }.joined()
            + advice.map { "\($0)\n" }.joined()
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
