import Kernels

/// Watches traffic for drift from a reference, as often and as long as you like, with a bound on the
/// chance of a false alarm.
///
/// A test that is repeated every hour alarms sooner or later, drift or not. This one is anytime-valid: on
/// traffic that is exchangeable with the reference, the chance that any column is ever called drifted
/// within `Settings.horizon` looks is at most `Settings.falseAlarms`, for a reference of any size and for
/// columns of any kind.
///
/// - Each value is ranked among the reference and all earlier traffic (`RankBins`): the ranks are
///   independent and uniform exactly (Vovk et al., "Retrain or not retrain: conformal test martingales
///   for change-point detection", COPA 2021, PMLR 152).
/// - For each possible start of drift a gambler bets that ranks are not uniform (`RankEvidence`). The
///   sum of their capitals over the starts of the last four windows is the evidence: an e-detector of
///   Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for sequential change
///   detection", New England Journal of Statistics in Data Science 2, 2023. Less the number of starts it is
///   a martingale, so that by Ville's inequality it passes columns · (looks + starts kept) / α within the
///   looks with a chance of at most α / columns.
/// - Evidence alone would alarm on tiny differences in a service with many requests. An alarm also needs
///   an effect: the newest window's shares must be `Column.leastEffect` away from the reference's.
/// - An alarm ends when a whole window of traffic has passed in which the effect was never that large, so
///   an effect that sways about the limit does not turn the verdict on and off. Drifted traffic is
///   no part of what later traffic is compared with. The bound then holds anew.
///
/// Bins that are cut at quantiles of the very rows that `Column.reference` counts make the ranks uniform
/// but for about one row in as many as the reference has; bins cut on other rows, and levels, exactly.
///
/// The state is a value that stands still between looks; written as JSON and read again, it goes on as
/// if nothing had happened. It does not grow with time.
public struct SequentialDrift: Equatable, Sendable {
    /// What was asked for.
    public let settings: Settings
    /// Looks taken so far.
    public private(set) var looks = 0
    private let seed: UInt64
    private var watches: [ColumnWatch]

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - columns: The columns, and what the reference holds of them; at least one.
    ///   - settings: How to watch.
    ///   - seed: Random seed of the order of rows within a look and of broken ties.
    /// - Throws: Where an argument is out of its range.
    public init(
        _ columns: [Column],
        settings: Settings = Settings(),
        seed: UInt64
    ) throws(SequentialDriftError) {
        self.settings = settings
        self.seed = seed
        watches = columns.map(ColumnWatch.init)
        if let problem = inconsistency { throw SequentialDriftError(problem) }
    }

    /// Takes the traffic since the last look, which may be none.
    ///
    /// - Parameter counts: Shape [columns, categories]: rows in each category of each column, in the
    ///   order of the columns.
    /// - Returns: The columns whose verdict changed; most often none.
    /// - Throws: Where the counts are not of these columns or one is negative; then nothing is taken.
    /// - Complexity: O(rows · categories) for each column.
    public mutating func look(_ counts: [[Int]]) throws(SequentialDriftError) -> [Change] {
        try check(counts)
        looks += 1
        var changes: [Change] = []
        for place in watches.indices {
            let before = watches[place].alarm
            var generator = SeededGenerator(
                seed: seed,
                stream: Self.streams ^ UInt64(looks) << 16 ^ UInt64(place)
            )
            watches[place].take(
                counts[place],
                look: looks,
                window: settings.window,
                evidenceNeeded: evidenceNeeded,
                using: &generator
            )
            if watches[place].alarm != before { changes.append(Change(verdict(place), at: looks)) }
        }
        return changes
    }

    /// What is thought of each column now, in their order.
    ///
    /// - Complexity: O(1) for each column.
    public var verdicts: [Verdict] { watches.indices.map(verdict) }

    /// The columns that are watched.
    public var columns: [Column] { watches.map(\.column) }

    /// Whether any column is drifted.
    public var isDrifted: Bool { watches.contains { $0.alarm != nil } }

    /// The natural logarithm of the evidence from which an alarm may be raised.
    public var evidenceNeeded: Double {
        let starts = Double(settings.horizon + TrafficHistory.capacity)
        return Elementary.log(Double(watches.count) * starts / settings.falseAlarms)
    }

    private func verdict(_ place: Int) -> Verdict {
        let watch = watches[place]
        return Verdict(
            column: watch.column.name,
            alarm: watch.alarm,
            effect: watch.effect(settings.window),
            leastEffect: watch.column.leastEffect,
            evidence: watch.evidence,
            evidenceNeeded: evidenceNeeded,
            rows: watch.history.newest(settings.window).reduce(0, +)
        )
    }

    private func check(_ counts: [[Int]]) throws(SequentialDriftError) {
        guard counts.count == watches.count else {
            throw SequentialDriftError(
                "\(counts.count) columns were counted, but \(watches.count) are watched"
            )
        }
        for (watch, counts) in zip(watches, counts) {
            let (name, categories) = (watch.column.name, watch.column.reference.count)
            guard counts.count == categories else {
                throw SequentialDriftError(
                    "column \"\(name)\" was counted in \(counts.count) categories; its reference has "
                        + "\(categories)"
                )
            }
            if let place = counts.firstIndex(where: { $0 < 0 }) {
                throw SequentialDriftError(
                    "column \"\(name)\" has the count \(counts[place]); counts are 0 or more"
                )
            }
        }
    }

    /// Keeps the drawings apart from those of other purposes: "live" in ASCII.
    private static let streams: UInt64 = 0x6c69_7665 << 32
}

extension SequentialDrift: Codable {
    private enum Key: String, CodingKey { case settings, looks, seed, watches }

    /// Reads a state and refuses one whose parts don't fit together.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        settings = try fields.decode(Settings.self, forKey: .settings)
        looks = try fields.decode(Int.self, forKey: .looks)
        seed = try fields.decode(UInt64.self, forKey: .seed)
        watches = try fields.decode([ColumnWatch].self, forKey: .watches)
        guard let problem = inconsistency else { return }
        throw DecodingError.dataCorruptedError(
            forKey: .watches,
            in: fields,
            debugDescription: SequentialDriftError(problem).description
        )
    }

    /// What makes a state impossible; nil where all is well.
    private var inconsistency: String? {
        if let problem = settings.problem { return problem }
        guard looks >= 0 else { return "\(looks) looks were taken" }
        guard !watches.isEmpty else { return "there is no column to watch; give at least one" }
        var names: Set<String> = []
        for watch in watches {
            if let problem = watch.inconsistency {
                return "column \"\(watch.column.name)\": \(problem)"
            }
            guard names.insert(watch.column.name).inserted else {
                return "two columns are called \"\(watch.column.name)\"; watch each once"
            }
        }
        return nil
    }
}

extension SequentialDrift {
    /// What was seen when a column was found to have drifted.
    public struct Alarm: Codable, Equatable, Sendable {
        /// The look at which it was raised, counted from 1.
        public let look: Int
        /// The look with which drift most likely began.
        public let onset: Int
        /// The natural logarithm of the evidence then.
        public let evidence: Double
    }

    /// What is thought of a column.
    public struct Verdict: Codable, Equatable, Sendable {
        /// Its name.
        public let column: String
        /// The alarm that holds; nil where the column is not drifted.
        public let alarm: Alarm?
        /// The share of the newest window's rows that lie in other categories than in the reference,
        /// from 0 to 1 (the total variation distance).
        public let effect: Double
        /// The effect from which there may be drift.
        public let leastEffect: Double
        /// The natural logarithm of the evidence of drift, at the alarm where one holds.
        public let evidence: Double
        /// The evidence from which there may be drift.
        public let evidenceNeeded: Double
        /// Rows of the newest window.
        public let rows: Int

        /// Whether the column is drifted.
        public var isDrifted: Bool { alarm != nil }
    }

    /// A change of a column's verdict.
    public struct Change: Codable, Equatable, Sendable {
        /// What is thought of the column from now on.
        public let verdict: Verdict
        /// The look at which it changed, counted from 1.
        public let look: Int

        init(_ verdict: Verdict, at look: Int) {
            self.verdict = verdict
            self.look = look
        }
    }
}
