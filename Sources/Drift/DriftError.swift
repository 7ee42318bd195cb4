public import Output
private import Schema

/// Which of the two samples is meant.
public enum SampleRole: String, Sendable {
    /// What the model was trained on.
    case reference
    /// What is compared with it.
    case current
}

/// Arguments on which no statistic can be computed.
public enum DriftError: RetainError, Equatable {
    /// A sample has no values.
    case emptySample(SampleRole)
    /// A value is not a number; rows count from 0.
    case notANumber(SampleRole, row: Int)
    /// A value is infinite where a distance is asked for; rows count from 0.
    case infinite(SampleRole, row: Int)
    /// The samples are counted in different levels or bins.
    case lengthsDiffer(reference: Int, current: Int)
    /// A count is negative; places count from 0.
    case negativeCount(SampleRole, place: Int, count: Int)
    /// More hits than trials, or a negative number of them.
    case badHits(SampleRole, hits: Int, trials: Int)
    /// The exact chance is asked for on samples that are too large for it.
    case tooLargeForExact(rows: Int, limit: Int)
    /// The exact chance is asked of samples some of whose rows were moved to save room.
    case inexactRanks
    /// The current rows have other columns than the reference.
    case columnsDiffer(reference: [String], current: [String])
    /// A column is a number in one sample and levels, or other levels, in the other.
    case typesDiffer(column: String)
    /// A number of bins is not from 2 to 1,000.
    case badBinCount(Int)
    /// A p-value is not a number from 0 to 1; places count from 0.
    case badPValue(place: Int, value: Double)

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong, where, and how to put it right, in one line.
    public var description: String {
        switch self {
        case .emptySample(let role):
            "drift: the \(role.rawValue) sample is empty; give at least one value"
        case .notANumber(let role, let row):
            "drift: row \(row) of the \(role.rawValue) sample is not a number; leave missing values "
                + "out and test their rate by itself"
        case .infinite(let role, let row):
            "drift: row \(row) of the \(role.rawValue) sample is infinite; leave such values out"
        case .lengthsDiffer(let reference, let current):
            "drift: the reference has \(reference) counts but the current sample \(current); count "
                + "both in the same levels or bins"
        case .negativeCount(let role, let place, let count):
            "drift: count \(place) of the \(role.rawValue) sample is \(count); counts are 0 or more"
        case .badHits(let role, let hits, let trials):
            "drift: \(hits) of \(trials) in the \(role.rawValue) sample; hits must lie from 0 to the "
                + "number of rows"
        case .tooLargeForExact(let rows, let limit):
            "drift: the exact chance is for samples of at most \(limit) rows, not \(rows); ask for "
                + "the asymptotic one"
        case .inexactRanks:
            "drift: the exact chance needs every row, but a sketch keeps some; ask for the asymptotic one"
        case .columnsDiffer(let reference, let current):
            "drift: the reference has the columns \(listed(reference)), the current "
                + "rows \(listed(current)); read both by one schema"
        case .typesDiffer(let column):
            "drift: \"\(column)\" has another type or other levels than in the reference; read both by "
                + "one schema"
        case .badBinCount(let count):
            "drift: \(count) bins; ask for 2 to 1,000, such as 10"
        case .badPValue(let place, let value):
            "drift: p-value \(place) is \(value); it must lie from 0 to 1"
        }
    }
}
