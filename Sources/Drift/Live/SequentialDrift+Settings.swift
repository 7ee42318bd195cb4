extension SequentialDrift {
    /// How much of the newest traffic is compared with the reference: what fills both.
    public struct Window: Codable, Equatable, Sendable {
        /// The fewest rows.
        public var rows: Int
        /// The fewest looks; with a look every hour, 24 keep the daily rhythm of a busy service from
        /// passing for drift.
        public var looks: Int

        /// Creates a window.
        public init(rows: Int = 3_000, looks: Int = 1) {
            self.rows = rows
            self.looks = looks
        }
    }

    /// How to watch.
    public struct Settings: Codable, Equatable, Sendable {
        /// The chance of a false alarm of any column within the horizon, between 0 and 1.
        public var falseAlarms: Double
        /// The looks for which that holds; 8,760 are a year of hourly ones.
        public var horizon: Int
        /// The newest traffic, whose distance from the reference counts.
        public var window: Window

        /// Creates settings.
        public init(
            falseAlarms: Double = 0.05,
            horizon: Int = 8_760,
            window: Window = Window()
        ) {
            self.falseAlarms = falseAlarms
            self.horizon = horizon
            self.window = window
        }
    }

    /// A column to watch.
    public struct Column: Codable, Equatable, Sendable {
        /// Its name.
        public let name: String
        /// Rows of the reference in each category: bins of a number, levels, the missing, the unseen.
        ///
        /// Numbers stand in their order. What is rare belongs at the ends, such as missing first and
        /// unseen last: there the bets are finest.
        public let reference: [Int]
        /// The share of rows, from 0 to 1, that must lie elsewhere than in the reference for drift; 0.05
        /// is about the least that a window of 3,000 rows can tell from chance in ten bins.
        public let leastEffect: Double

        /// Creates a column.
        public init(name: String, reference: [Int], leastEffect: Double) {
            self.name = name
            self.reference = reference
            self.leastEffect = leastEffect
        }
    }
}

extension SequentialDrift.Settings {
    /// What is out of its range; nil where nothing is.
    var problem: String? {
        guard falseAlarms > 0, falseAlarms < 1 else {
            return "the chance of a false alarm is \(falseAlarms); it must lie between 0 and 1"
        }
        let limit = 1 << 40
        for (name, value) in [
            ("horizon", horizon), ("window's rows", window.rows), ("window's looks", window.looks),
        ] where !(1 ... limit).contains(value) {
            return "the \(name) is \(value); it must be 1 or more"
        }
        return nil
    }
}

extension SequentialDrift.Column {
    /// What is out of its range; nil where nothing is.
    var problem: String? {
        guard reference.count >= 2 else {
            return "\(reference.count) categories; there must be at least two, such as one for the "
                + "unseen"
        }
        guard reference.allSatisfy({ (0 ... 1 << 40).contains($0) }) else {
            return "a count of the reference is negative or beyond 2⁴⁰"
        }
        guard reference.contains(where: { $0 > 0 }) else {
            return "the reference has no rows; give at least one"
        }
        guard leastEffect >= 0, leastEffect <= 1 else {
            return "the least effect is \(leastEffect); it must lie from 0 to 1"
        }
        return nil
    }
}
