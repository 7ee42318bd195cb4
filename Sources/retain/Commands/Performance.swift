import ArgumentParser
import ChurnModel
import Drift
import Evaluation
import Files
import FoundationEssentials
import Output
import Record
import Reports
import Schema
import Tracking
import Training

/// `retain performance DATABASE`: what a model is worth, and what it turned out to be.
struct Performance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Tell what a model is worth on its newest predictions, and what came true of older ones.",
        discussion: """
            Before outcomes are known: the share of leavers, accuracy, ROC AUC and profit that are expected of the \
            newest predictions, and how much that profit changed since training (with --model). Of outcomes that count \
            (with `horizon` in retain.yaml only matured ones; treated customers are left out): what came true, week by \
            week, beside what was expected of the same customers.

            From 200 outcomes on, 20 of either class, three things are asked as the promotion gate does: whether \
            probabilities add up, whether they are better than giving everyone the share of leavers, and whether a \
            campaign by them earns as much as one without a model. Exit code 3 where a whole 95 % interval lies beyond \
            the gate's bound.

              retain performance retain.db --model models:/churn@champion
              retain performance retain.db --json
              retain performance retain.db --model model --html performance.html
            """
    )

    @Argument(
        help:
            "The record, as `retain serve` and `retain score --database` keep it: a file, or postgres://user@host/database."
    )
    var database: String

    @Option(
        help: """
            The model whose predictions are judged, by its own threshold and costs (default: the one that predicted last, by \
            those of retain.yaml).
            """
    )
    var model: String?

    @Option(help: "Also write the page as one HTML file; - is standard output.")
    var html: String?

    @Option(parsing: .unconditional, help: "So many of the newest predictions are looked at.")
    var newest = 3_000

    @OptionGroup var schema: SchemaOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard newest > 0 else { throw ValidationError("--newest must be 1 or more") }
        guard html != "-" || !asJSON.isOn else {
            throw ValidationError("only one of the results can go to standard output")
        }
    }

    func run() async throws {
        let record = readRecord(database)
        let project = try schema.project()
        let judged = try await judged(in: record, project)
        let maturity = Maturity(days: judged.horizonDays, at: milliseconds())
        let bounds = project?.promotion ?? PromotionBounds()
        let outcomes = try record.judgements(
            of: judged.digest,
            newest: Self.mostOutcomes,
            maturing: maturity
        )
        let performance = try ModelPerformance(
            scores: try record.scores(of: judged.digest, newest: newest),
            reference: judged.reference,
            outcomes: outcomes.map {
                PredictionOutcome(time: $0.time, probability: $0.probability, left: $0.left)
            },
            threshold: judged.threshold,
            costs: judged.costs,
            bounds: PerformanceBounds(
                minRows: bounds.minRows,
                calibrationInTheLarge: bounds.maxCalibrationInTheLarge,
                logLoss: bounds.toleranceLogLoss,
                profit: bounds.toleranceProfit
            )
        )
        let report = PerformanceReport(
            performance,
            model: judged.name,
            record: record.path,
            horizonDays: judged.horizonDays
        )
        if let html {
            try AtomicFile.write(Array(PerformancePage(report).document.utf8), to: html)
            if html != "-" { note("Wrote \(html).") }
        }
        if asJSON.isOn {
            try say(json(report))
        } else if html != "-" {
            try AtomicFile.write(Array(report.text.utf8), to: "-")
        }
        if performance.isBelow { throw PerformanceBelow(headline: report.headline) }
    }

    private static let mostOutcomes = 100_000

    /// Whose predictions are judged, and by what.
    private struct Judged {
        let name: String
        let digest: String
        let horizonDays: Int?
        let threshold: Double
        let costs: CampaignCosts
        /// Scores of the training's customers; nil where they are not at hand.
        var reference: [Double]?
    }

    private func judged(
        in record: any LabelledRecord,
        _ project: Project?
    ) async throws -> Judged {
        if let model {
            let (saved, version) = try await loadVersion(model, tracking)
            return Judged(
                name: version.map { "version \($0.version) of \($0.name)" } ?? model,
                digest: saved.digest,
                horizonDays: saved.model.schema.horizonDays,
                threshold: saved.model.threshold,
                costs: saved.model.costs,
                reference: saved.reference.scores?.sample?.values
            )
        }
        guard let newest = try record.newestModel() else {
            throw NothingPredicted(path: record.path)
        }
        let costs = project?.costs ?? CampaignCosts()
        note(
            "Judged by the costs of \(project == nil ? "the defaults" : schema.name) and the threshold that follows from"
                + " them; --model MODEL takes the model's own and compares with its training."
        )
        return Judged(
            name: "version \(newest.version) of \(newest.name)",
            digest: newest.digest,
            horizonDays: project?.schema.horizonDays,
            threshold: costs.breakEvenProbability,
            costs: costs
        )
    }
}

/// What came true lies beyond what the gate would allow.
private struct PerformanceBelow: RetainError {
    let headline: String

    var exitStatus: ExitStatus { .refused }

    var description: String {
        "performance: \(headline) Look at drift, and train anew: retain retrain"
    }
}

/// Nobody predicted anything.
private struct NothingPredicted: RetainError {
    let path: String

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(path) has no predictions yet; serve a model with --database \(path), or score a file with it"
    }
}
