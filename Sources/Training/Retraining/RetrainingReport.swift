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
    /// The seed.
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
