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
