import ArgumentParser
import Charts
import Files
import FoundationEssentials
import Output
import Reports
import Schema
import Search
import Tabular
import Tracking
import Training

/// `retain tune`: searches for better settings.
struct Tune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search for better settings by cross-validation.",
        discussion: """
            The tree-structured Parzen estimator proposes widths, members, dropout, learning rate, weight \
            decay, batch size and epochs; successive halving gives up early on what falls behind. The rows \
            of test_share take no part. Every trial is one line of OUTPUT/trials.jsonl; a search that was \
            interrupted goes on from there. At its end the search is recorded as a run, every trial as a run below \
            it. It ends with OUTPUT/retain.yaml, which trains the winner, and \
            OUTPUT/trials.html, which shows the trials.

              retain tune customers.csv --trials 50 --minutes 30 --output tune
              retain train customers.csv --schema tune/retain.yaml --output model
            """
    )

    @Argument(help: "A CSV file with a header and the target column.")
    var data: String

    @OptionGroup var schema: SchemaOption
    @OptionGroup var targetOption: TargetOption

    @Option(help: "Which model to tune (default: retain.yaml's, best).", transform: modelKind)
    var model: ModelKind?

    @Option(help: "Stop after so many trials, those of earlier runs included.")
    var trials = 50

    @Option(help: "Stop after so many minutes, those of earlier runs included.")
    var minutes: Double?

    @Option(help: "Folds of a trial.")
    var folds = 5

    @Option(parsing: .unconditional, help: "Random seed: the same one gives the same bytes.")
    var seed: UInt64 = 42

    @Option(name: .shortAndLong, help: "The folder for trials, settings and the page.")
    var output = "tune"

    @OptionGroup(title: "Record of the search")
    var recording: RecordingOptions

    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard trials >= 1, (minutes ?? 1) > 0, folds >= 2 else {
            throw ValidationError(
                "--trials must be 1 or more, --minutes above 0, --folds 2 or more"
            )
        }
    }

    func run() async throws {
        let start = milliseconds()
        let (customers, project) = try labelledCustomers(
            data,
            schema,
            targetOption,
            model: model,
            threads: threads.count,
            encoding: encoding.choice
        )
        try schema.tell(of: model)
        if let sentence = customers.outside.sentence { note(sentence) }
        noteThatTreatedCount(project, "the search")
        try makeOutputFolder(output)
        try AtomicFile.proveRoom(in: output)
        if !recording.isOff { try await recording.prove() }
        note("trial  score   best    settings")
        let outcome = try TuningWorkflow(
            project,
            seed: seed,
            folds: folds,
            threads: threads.count
        ).run(
            customers,
            log: output + "/trials.jsonl",
            limits: Search.Limits(trials: trials, seconds: minutes.map { $0 * 60 })
        ) { trial, best in note(trial.line(best: best)) }
        let names = outcome.trials.first?.point.entries.map(\.name) ?? []
        let page = TuningPage(outcome.trials, names: names, data: customers.name)
        try AtomicFile.write(Array(page.document.utf8), to: output + "/trials.html")
        guard let best = outcome.best, let winner = outcome.trials.best, let score = winner.score
        else {
            throw NoTrial(trials: outcome.trials.count)
        }
        let yaml = best.schema.yaml(sections: best.sections)
        try AtomicFile.write(Array(yaml.utf8), to: output + "/retain.yaml")
        if !recording.isOff {
            let files = try ["retain.yaml", "trials.html", "trials.jsonl"].map {
                ArtifactFile(path: $0, bytes: try BlockReader.contents(of: output + "/" + $0))
            }
            let run = TuningRun(
                outcome.trials,
                model: project.training.model,
                seed: seed,
                folds: folds,
                start: start,
                end: milliseconds()
            )
            try await recording.record(run, files: files)
        }
        if asJSON.isOn {
            try say(json(Winner(trial: winner.number, logLoss: score, settings: best.training)))
        } else {
            try say(
                "Best: trial \(winner.number), log loss \(scoreFormat.text(score)) over \(folds) folds"
            )
        }
        note(
            "\(outcome.ending.text)\nTrain it: retain train \(data) --schema \(output)/retain.yaml"
                + " --seed \(seed)\nThe trials: \(output)/trials.html"
        )
    }
}

/// No trial came to its end.
private struct NoTrial: RetainError {
    let trials: Int

    var exitStatus: ExitStatus { .failed }

    var description: String {
        "none of \(trials) trials was completed, so there are no best settings; give more --trials or"
            + " --minutes and run again: the search goes on where it stopped"
    }
}

/// How log losses are told apart.
private let scoreFormat = NumberFormat.fixed(4)

/// What `--json` prints.
private struct Winner: Encodable {
    let trial: Int
    let logLoss: Double
    let settings: TrainingSettings
}

extension Search.Ending {
    fileprivate var text: String {
        switch self {
        case .trials: "The number of trials is reached."
        case .time: "The time is up."
        case .exhausted: "Every point of the search space was tried."
        }
    }
}

extension Trial {
    /// The trial in a line of the live table.
    fileprivate func line(best: Double?) -> String {
        let number = String(repeating: " ", count: max(0, 5 - "\(number)".count)) + "\(number)"
        return "\(number)  \(result)  \(best.map(scoreFormat.text) ?? "  -   ")  \(settings)"
    }

    /// The score, or what became of the trial.
    var result: String {
        switch state {
        case .complete: score.map(scoreFormat.text) ?? "-"
        case .pruned: "pruned"
        case .failed: "failed"
        }
    }

    private var settings: String {
        point.entries.map { "\($0.name) \($0.value.text)" }.joined(separator: ", ")
    }
}

extension TuningPage {
    /// The page of a search.
    fileprivate init(_ trials: [Trial], names: [String], data: String) {
        let scored = trials.compactMap { trial in trial.mean.map { (trial, $0) } }
        let complete = trials.count { $0.state == .complete }
        self.init(
            title: "Settings for \(data)",
            summary:
                "\(trials.count) trials, of which \(complete) were carried to the end and the others "
                + "given up early. Lower is better.",
            chart: ScatterChart(
                title: "Trials",
                summary: trials.best.map {
                    "The best is trial \($0.number) with a log loss of \(scoreFormat.text($0.score ?? 0))."
                } ?? "No trial was carried to the end.",
                xAxis: Axis("trial"),
                yAxis: Axis("log loss"),
                dots: scored.map { trial, score in
                    ScatterChart.Dot(
                        PlotPoint(Double(trial.number), score),
                        isSetBack: trial.state != .complete,
                        hint: "trial \(trial.number): \(scoreFormat.text(score))"
                    )
                },
                bestNote: trials.best.map { "trial \($0.number)" } ?? ""
            ),
            columns: ["trial", "log loss", "folds"] + names,
            rows: trials.map { trial in
                ["\(trial.number)", trial.result, "\(trial.scores.count)"]
                    + trial.point.entries.map(\.value.text)
            }
        )
    }
}

extension Trial {
    /// The mean over the folds that were tried.
    fileprivate var mean: Double? {
        scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
}
