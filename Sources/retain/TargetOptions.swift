import ArgumentParser
import Schema
import Training

/// What the levels of the target mean, where that can't be told.
struct LevelOptions: ParsableArguments {
    @Option(help: "The target's level that means that the customer left, where it can't be told.")
    var positive: String?

    @Option(
        help: """
            The target's level that means that the customer stayed, where it has more than two; rows with \
            other levels are left out and counted.
            """
    )
    var negative: String?

    @Flag(help: "All levels of the target but --positive mean that the customer stayed.")
    var rest = false

    func validate() throws {
        guard !rest || negative == nil else {
            throw ValidationError(
                "--rest and --negative exclude each other: either all other levels stayed, or one"
            )
        }
        guard !rest || positive != nil else {
            throw ValidationError("--rest goes with --positive, which says who left")
        }
    }

    /// An inference of the schema by them.
    func inference(target: String?, decimalComma: Bool = false) -> SchemaInference {
        SchemaInference(
            target: target,
            positive: positive,
            negative: negative,
            rest: rest,
            decimalComma: decimalComma
        )
    }
}

/// The target, where there is no `retain.yaml` that names it.
struct TargetOption: ParsableArguments {
    @Option(help: "The yes/no column to predict, where there is no retain.yaml.")
    var target: String?

    @OptionGroup var levels: LevelOptions

    /// An inference of the schema by them.
    var inference: SchemaInference { levels.inference(target: target) }

    /// Makes sure that the options don't say something else than the file that has the last word.
    func check(_ schema: Schema, in file: String) throws {
        for (option, given, own) in [
            ("--target", target, schema.target.column),
            ("--positive", levels.positive, schema.target.positive),
            ("--negative", levels.negative, schema.target.negative),
        ] {
            guard let given, given != own else { continue }
            throw ValidationError(
                "\(option) \(given): \(file) says \(own); leave the option out, change the file, or name"
                    + " another with --schema"
            )
        }
    }
}

/// Says which columns of a training file are not used, and which rows.
func noteUnused(_ customers: CustomerData, _ schema: Schema) {
    if let columns = schema.unusedColumns(of: customers.header) { note(columns) }
    noteUnlabelled(customers, schema)
}

/// Says which rows are left out because their target says nothing.
func noteUnlabelled(_ customers: CustomerData, _ schema: Schema) {
    guard let summary = customers.unlabelled.summary(target: schema.target.column) else { return }
    note("\(customers.name): \(summary).")
}
