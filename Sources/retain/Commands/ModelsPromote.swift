import ArgumentParser
import Lifecycle
import Tracking
import Training

/// `retain models promote NAME VERSION`: moves the champion through the gate.
struct ModelsPromote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Make a version the champion, if the gate lets it through.",
        discussion: """
            Asked on labelled customers that neither the version nor the champion was trained on: does no \
            feature leak the target, is it not worse than the champion on the same rows (log loss, profit), \
            is it calibrated, are slices within the bounds of retain.yaml. Without --data its training file \
            is found by its digest and the rows that training held out are taken. A refusal is exit code 3 \
            with the table. Every attempt is recorded: `retain models history NAME`.

              retain models promote churn 3 --why "trained on October"
              retain models promote churn 3 --data november.csv --json
            """
    )

    @Argument(help: "The registered model.")
    var name: String

    @Argument(help: "The version, a number.")
    var version: Int

    @Option(help: "Labelled customers to judge by (default: the version's training file).")
    var data: String?

    @Option(
        name: .customLong("search"),
        help: "A folder to search for the training file; may be repeated (default: this folder)."
    )
    var folders: [String] = []

    @Option(help: "What it is for, for the record.")
    var why = ""

    @OptionGroup var schema: SchemaOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard data == nil || folders.isEmpty else {
            throw ValidationError("--search looks for the training file; leave it out with --data")
        }
    }

    func run() async throws {
        let project = try schema.project()
        let report = try await tracking.withStore { store in
            let promotion = try tracking.promotion(store, name)
            let path: String
            if let data {
                path = data
            } else {
                path = try await promotion.trainingData(
                    of: version,
                    below: folders.isEmpty ? ["."] : folders
                )
            }
            return try await promotion.promote(
                version,
                through: PromotionGate(
                    project?.promotion ?? PromotionBounds(),
                    costs: project?.costs,
                    schema: project?.schema,
                    treatedColumn: project?.retraining.treatedColumn
                ),
                on: try showing(Activity("reading", through: path)) {
                    try CustomerFile(path, threads: threads.count, encoding: encoding.choice)
                },
                why: why
            )
        }
        try say(asJSON.isOn ? json(report) : report.text)
        guard report.passed else { throw GateRefusal(report) }
        note("Version \(version) is the champion of \(name).")
    }
}

/// `retain models rollback NAME`: back to the champion before.
struct ModelsRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Make the champion before the present one champion again.",
        discussion: """
            It has passed the gate in its time, so it is not asked again. Run it once more to go back one \
            further. Recorded like every move.

              retain models rollback churn --why "too many calls"
            """
    )

    @Argument(help: "The registered model.")
    var name: String

    @Option(help: "What it is for, for the record.")
    var why = ""

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let version = try await tracking.withStore { store in
            try await tracking.promotion(store, name)
                .rollback(why: why)
        }
        if asJSON.isOn { try say(json(["champion": version])) }
        note("Version \(version) is the champion of \(name) again.")
    }
}

/// `retain models history NAME`: who moved the champion, when and why.
struct ModelsHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show who moved the champion, when, why, and what the gate found.",
        discussion: """
            The latest event comes first. Warns where the events do not explain the present champion.

              retain models history churn --json
            """
    )

    @Argument(help: "The registered model.")
    var name: String

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let trail = try await tracking.withStore { store in
            try await tracking.promotion(store, name)
                .trail()
        }
        try say(asJSON.isOn ? json(trail) : trail.text)
    }
}

extension TrackingOptions {
    /// What moves the champion of a model, and who asks for it.
    fileprivate func promotion(_ store: any TrackingStore, _ name: String) throws -> ModelPromotion
    {
        ModelPromotion(store, name: name, who: userName(try configuration()), now: milliseconds)
    }
}
