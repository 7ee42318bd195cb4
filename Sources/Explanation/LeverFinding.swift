/// What the levers can do for one customer.
public struct LeverFinding: Equatable, Sendable {
    /// The calibrated probability as things are.
    public let probability: Double
    /// The probability to get below.
    public let target: Double
    /// How many allowed combinations there are that change something; all were scored but where there are too many.
    public let combinations: Int
    /// What was found.
    public let outcome: Outcome
    /// The combination that was found; nil where none lowers the score or none is needed.
    public let best: LeverCombination?

    package init(
        probability: Double,
        target: Double,
        combinations: Int,
        outcome: Outcome,
        best: LeverCombination?
    ) {
        self.probability = probability
        self.target = target
        self.combinations = combinations
        self.outcome = outcome
        self.best = best
    }

    /// What was found.
    public enum Outcome: String, CaseIterable, Sendable {
        /// The score is below the target as it is.
        case belowAlready = "below_already"
        /// `best` is the cheapest combination below the target.
        case reached
        /// No combination gets below the target; `best` gets lowest.
        case lowest
        /// No combination lowers the score at all.
        case none
        /// More combinations than are tried.
        case tooMany = "too_many"
    }
}

/// A combination of levers and the score with it.
public struct LeverCombination: Equatable, Sendable {
    /// The calibrated probability with it and all else equal.
    public let probability: Double
    /// What its steps cost together.
    public let cost: Double
    /// What is changed, in the order of the schema.
    public let changes: [LeverChange]

    package init(probability: Double, cost: Double, changes: [LeverChange]) {
        self.probability = probability
        self.cost = cost
        self.changes = changes
    }
}

/// A column that a lever changes.
public struct LeverChange: Equatable, Sendable {
    /// The column's name.
    public let column: String
    /// The customer's value as a file has it; empty for none.
    public let from: String
    /// What it becomes, as a file has it.
    public let to: String
    /// Whether it becomes what hardly any customer of training had: a number outside their 1 to 99 %, or a level that
    /// fewer than 1 % had.
    public let isRare: Bool
    /// The column's place among the features of the schema.
    package let place: Int
    /// What it becomes, as the model reads it.
    package let coded: Double

    package init(
        column: String,
        from: String,
        to: String,
        isRare: Bool,
        place: Int,
        coded: Double
    ) {
        self.column = column
        self.from = from
        self.to = to
        self.isRare = isRare
        self.place = place
        self.coded = coded
    }
}
