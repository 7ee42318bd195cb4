import Charts
import Output
public import Training

/// The rows that a challenger is trained and judged on.
public struct RetrainingRows: Codable, Equatable, Sendable {
    /// The file, or the log.
    public let source: String
    /// Its labelled rows.
    public let rows: Int
    /// Those who left among them.
    public let positives: Int
    /// Treated customers; nil where nobody knows who was.
    public let treated: Int?
    /// Rows that do not say whether they were treated, which count as untreated.
    public let treatmentUnknown: Int?
    /// How much a treated customer counts in learning; 0 where they are excluded.
    public let treatedWeight: Double
    /// Files learned from beside it.
    public let beside: [Source]
    /// Rows to learn from, of all files.
    public let learned: Int
    /// Rows held out, on which challenger and champion are judged.
    public let judged: Int

    /// A file.
    public struct Source: Codable, Equatable, Sendable {
        /// Its path.
        public let source: String
        /// Its labelled rows.
        public let rows: Int
    }
}

/// What retraining found and did.
public struct RetrainingReport: Codable, Equatable, Sendable {
    /// The registered model.
    public let model: String
    /// Its champion before.
    public let champion: Int
    /// What to do and why.
    public let decision: RetrainingDecision
    /// What the champion's loss has become; nil where that can't be told.
    public let loss: RealisedLoss?
    /// The rows; nil where nothing speaks for a new model.
    public let rows: RetrainingRows?
    /// The kind of model that is trained.
    public let kind: ModelKind
    /// The random seed.
    public let seed: UInt64
    /// Whether nothing was to be changed.
    public let isDryRun: Bool
    /// What was made; nil where nothing was.
    public var challenger: Challenger?
    /// What the gate found; nil where nobody came to it.
    public var gate: GateReport?

    /// The new version.
    public struct Challenger: Codable, Equatable, Sendable {
        /// Its number.
        public let version: Int
        /// The run that made it.
        public let run: String

        /// Names a version.
        public init(version: Int, run: String) {
            self.version = version
            self.run = run
        }
    }

    /// Tells what was found.
    public init(
        _ champion: Champion,
        _ decision: RetrainingDecision,
        loss: RealisedLoss?,
        rows: RetrainingRows?,
        isDryRun: Bool
    ) {
        model = champion.name
        self.champion = champion.version
        self.decision = decision
        self.loss = loss
        self.rows = rows
        kind = champion.record.settings.model
        seed = champion.record.seed
        self.isDryRun = isDryRun
    }
}

extension RetrainingReport {
    /// What was found and what is done, for a reader.
    public var text: String {
        var lines = [headline]
        lines += decision.reasons.map { "  because \($0.explanation)" }
        lines += decision.remarks.map { "  \($0)" }
        if let rows { lines += rows.lines }
        if decision.verdict == .retrain, isDryRun {
            lines.append(
                "Dry run: would train \(kind.rawValue) with random seed \(seed), register it as the next version of"
                    + " \(model) with the alias \(Champion.challengerAlias), and make it the champion if the gate"
                    + " lets it through. Nothing was changed."
            )
        }
        return lines.map(\.printable).joined(separator: "\n")
    }

    private var headline: String {
        let champion = "version \(champion) of \(model)"
        switch decision.verdict {
        case .nothing: return "Nothing is to be done: \(champion) stays the champion."
        case .wait:
            return
                "Not yet: \(champion) should get a challenger, but only \(decision.rows) labelled rows of"
                + " untreated customers are there, and \(decision.minRows) are needed (min_rows)."
        case .retrain: return "Time for a challenger to \(champion):"
        }
    }
}

extension RetrainingRows {
    fileprivate var lines: [String] {
        func text(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }
        var lines = ["\(text(rows)) labelled rows of \(source), \(text(positives)) left."]
        switch treated {
        case let treated?:
            let handling =
                treatedWeight == 0
                ? "excluded" : "count \(treatedWeight) in learning, nobody is judged by them"
            lines.append("  treated: \(text(treated)) (\(handling))")
        case nil:
            lines.append(
                "  nobody knows who was treated (treated_column in retain.yaml), so all count as untreated"
            )
        }
        if let treatmentUnknown, treatmentUnknown > 0 {
            lines.append(
                "  not known to be treated or not: \(text(treatmentUnknown)) (count as untreated)"
            )
        }
        lines += beside.map { "  beside them: \(text($0.rows)) rows of \($0.source)" }
        lines.append("  to learn from: \(text(learned)); to judge by: \(text(judged))")
        return lines
    }
}
