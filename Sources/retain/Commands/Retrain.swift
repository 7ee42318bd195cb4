import ArgumentParser
import Lifecycle
import Output
import Tracking
import Training

/// `retain retrain NAME`: a challenger to the champion, when there is reason for one.
struct Retrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Train a challenger when drift or realised loss says so; promote it through the gate.",
        discussion: """
            Reasons are a report of `retain drift --json` that says drift (--drift), a log loss that has surely become \
            higher than the champion's test promised (on the outcomes in retain.db, else on --data), or --force. \
            Without one nothing is done. The challenger gets the champion's schema, settings and seed and learns from \
            the customers whose truth came since: those in retain.db, or a CSV (--data), with older files beside them \
            (--with). Treated customers are excluded, or count less, as `retraining` in retain.yaml says.

            It becomes the next version with the alias challenger, and the champion only if the gate lets it through \
            on rows that neither has seen; else exit code 3. --dry-run tells what would be done.

              retain retrain churn --drift drift.json --dry-run
              retain retrain churn --data november.csv --with october.csv --force
            """
    )

    @Argument(help: "The registered model.")
    var name: String

    @OptionGroup var source: RetrainSource

    @Option(help: "A report of `retain drift --json`, or - for standard input.")
    var drift: String?

    @Flag(help: "Train a challenger even where nothing speaks for one.")
    var force = false

    @Flag(help: "Tell what would be done, and change nothing.")
    var dryRun = false

    @Option(
        help: "Name under which the run is gathered (default: MLFLOW_EXPERIMENT_NAME, Default)."
    )
    var experiment: String?

    @OptionGroup var schema: SchemaOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let project = try schema.project()
        let rules = project?.retraining ?? RetrainingRules()
        let report = try await tracking.withStore(existing: true) { store in
            let champion = try await Champion(of: name, in: store)
            let search = RetrainSearch(
                champion: champion,
                rules: rules,
                bounds: project?.promotion ?? PromotionBounds(),
                source: source,
                threads: threads.count
            )
            let (retraining, found) = try search.run(
                drift: try drift.map { try driftReport($0) },
                isForced: force,
                isDryRun: dryRun
            )
            if !asJSON.isOn { try say(found.text) }
            guard let retraining, found.decision.verdict == .retrain, !dryRun else { return found }
            return try await challenge(retraining, found, store, project)
        }
        if asJSON.isOn { try say(json(report)) }
        guard report.decision.verdict != .wait || !force else {
            throw TooFewCustomers(decision: report.decision)
        }
        guard let gate = report.gate else { return }
        guard gate.passed else { throw GateRefusal(gate) }
        note("Version \(report.challenger?.version ?? 0) is the champion of \(name).")
    }

    /// Trains, registers and asks the gate.
    private func challenge(
        _ retraining: Retraining,
        _ found: RetrainingReport,
        _ store: any TrackingStore,
        _ project: Project?
    ) async throws -> RetrainingReport {
        let configuration = try tracking.configuration()
        let user = userName(configuration)
        let result = try await RecordedTraining(
            // Kept elsewhere it could not be promoted, so there is no other place for it.
            recorder: RunRecorder(
                store,
                experiment: experiment ?? configuration.experiment ?? "Default"
            ),
            user: user,
            source: retraining.file.source,
            registeredName: name,
            tags: [
                "retain.challenges": "\(found.champion)", "retain.reason": found.decision.why,
            ]
        )
        .run(retraining.material.data, retraining.project, seed: retraining.seed) {
            try showingTraining { onProgress in
                try retraining.train(threads: threads.count, onProgress: onProgress)
            }
        }
        guard let version = result.version else { return found }
        try await store.setAlias(Champion.challengerAlias, of: name, to: version.version)
        note("Registered as version \(version.version) of \(name), alias challenger.")
        let gate = try await ModelPromotion(store, name: name, who: user, now: milliseconds)
            .promote(
                version.version,
                through: PromotionGate(
                    retraining.project.promotion,
                    costs: project?.costs,
                    schema: project?.schema
                ),
                on: retraining.file,
                why: found.decision.why
            )
        if !asJSON.isOn { try say(gate.text) }
        var report = found
        report.challenger = .init(version: version.version, run: result.recorded.id)
        report.gate = gate
        return report
    }
}

/// Someone asks for a challenger that there are too few customers for.
struct TooFewCustomers: RetainError {
    let decision: RetrainingDecision

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(decision.rows) labelled rows of untreated customers are too few to train on; \(decision.minRows) are needed"
            + " (min_rows of retain.yaml): wait for more outcomes, or give more with --data"
    }
}
