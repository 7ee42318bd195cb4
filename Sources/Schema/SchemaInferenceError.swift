public import Output

/// Why no schema can be inferred from a file.
public enum SchemaInferenceError: RetainError, Equatable {
    /// The header is there, but no customer.
    case noRows
    /// More rows than a mistake here and there can't be read.
    case malformedRows(MalformedRows, of: Int)
    /// Two columns have the same name.
    case duplicateColumn(String)
    /// A name or level holds NUL or starts with a byte order mark, as in a file of another encoding.
    case notText(column: String)
    /// No target was named.
    case noTarget(candidates: [String])
    /// The named target is not in the header.
    case unknownTarget(String, header: [String])
    /// The target has not two levels.
    case targetLevels(column: String, levels: [String])
    /// The target has one level, and no value in the other rows.
    case emptyForNo(column: String, level: String, count: Int, empty: Int)
    /// The target has more than two levels, and it is not said which are to be told apart.
    case targetChoice(column: String, levels: [String], positive: String?, negative: String?)
    /// Nothing says which of the two levels means that the customer left.
    case unknownMeaning(column: String, levels: [String])
    /// The level named as positive is none of the target's.
    case unknownPositive(String, column: String, levels: [String])
    /// Nothing tells whether a mark of a column's numbers parts thousands or decimals.
    case doubtfulNumbers(column: String, example: String, point: Bool)
    /// A form of numbers was given for a column that is not there, or is the target.
    case formatOfNoColumn(String, header: [String])
    /// Dates can be read in more than one way, and nobody has said which.
    case ambiguousDates([DateAmbiguity])
    /// A column whose dates are said to have a form is not in the header.
    case unknownDate(String, header: [String])
    /// A column whose dates are said to have a form has none of that form.
    case noDates(column: String, form: DateForm)
    /// The level named as negative is none of the target's.
    case unknownNegative(String, column: String, levels: [String])
    /// One level is named as positive and as negative.
    case sameLevel(String, column: String)
    /// No column is left to predict from.
    case noFeature(target: String)

    /// The call where it says which column and level, else the file.
    public var exitStatus: ExitStatus {
        switch self {
        case .noTarget, .unknownTarget, .unknownMeaning, .unknownPositive, .targetChoice,
            .unknownNegative, .sameLevel, .doubtfulNumbers, .formatOfNoColumn, .ambiguousDates,
            .unknownDate, .noDates:
            .usage
        case .noRows, .malformedRows, .duplicateColumn, .notText, .targetLevels, .emptyForNo,
            .noFeature:
            .badData
        }
    }

    /// One line that says what is wrong and how to mend it.
    public var description: String {
        switch self {
        case .noRows:
            "the file has a header but no rows; give a file with one row per customer"
        case .malformedRows(let rows, let count):
            "\(countText(rows.count)) of \(countText(count)) rows can't be read, more than 1 %: \(rows.first)"
        case .duplicateColumn(let name):
            "the header names the column \(quoted(name)) twice; rename one of them"
        case .notText(let column):
            "the column \(quoted(column)) holds NUL characters or byte order marks; save the file as UTF-8 text"
        case .noTarget(let candidates):
            candidates.isEmpty
                ? "no target is given and no column has two levels; "
                    + "a yes/no column that says who left is needed"
                : "no target is given; name the column that says who left with --target COLUMN "
                    + "(columns with two levels: \(listed(candidates)))"
        case .unknownTarget(let name, let header):
            "the file has no column \(quoted(name)) to be the target"
                + (nearestName(to: name, in: header).map { "; did you mean \(quoted($0))?" }
                    ?? "; its columns are \(listed(header))")
        case .targetLevels(let column, let levels):
            "the target \(quoted(column)) needs two levels but has "
                + (levels.isEmpty ? "none" : "\(countText(levels.count)): \(listed(levels))")
                + "; name a yes/no column with --target COLUMN"
        case .emptyForNo(let column, let level, let count, let empty):
            "the target \(quoted(column)) has one level, \(quoted(level)) in \(countText(count)) rows, and is empty in "
                + "\(countText(empty)); if empty means that the customer stayed, write a word there, such as No"
        case .targetChoice(let column, let levels, let positive, let negative):
            choice(column, levels, positive, negative)
        case .unknownMeaning(let column, let levels):
            "the target \(quoted(column)) has the levels \(listed(levels)), and it is not known which "
                + "means that the customer left; say so with --positive LEVEL"
        case .unknownPositive(let level, let column, let levels):
            "the target \(quoted(column)) has no level \(quoted(level)); "
                + "--positive takes one of \(listed(levels))"
        case .doubtfulNumbers(let column, let example, let isPoint):
            doubt(column, example, isPoint)
        case .formatOfNoColumn(let name, let header):
            "--format: the file has no column \(quoted(name)) beside the target"
                + (nearestName(to: name, in: header).map { "; did you mean \(quoted($0))?" } ?? "")
        case .ambiguousDates(let dates):
            dates.map(\.question).joined(separator: "; ")
                + " (as flags of retain init, or as form: in retain.yaml)"
        case .unknownDate(let name, let header):
            "--date: the file has no column \(quoted(name))"
                + (nearestName(to: name, in: header).map { "; did you mean \(quoted($0))?" }
                    ?? "; its columns are \(listed(header))")
        case .noDates(let column, let form):
            "--date: the column \(quoted(column)) holds no dates of the form \(form.rawValue), as \(form.example)"
        case .unknownNegative(let level, let column, let levels):
            "the target \(quoted(column)) has no level \(quoted(level)); "
                + "--negative takes one of \(listed(levels))"
        case .sameLevel(let level, let column):
            "\(quoted(level)) of the target \(quoted(column)) can't mean both that the customer left and "
                + "that she stayed; name another level with --positive or --negative"
        case .noFeature(let target):
            "no column is left to predict \(quoted(target)) from: every other column identifies "
                + "the customer, is constant or gives the target away"
        }
    }
}

/// Asks what a point or comma before three digits means.
private func doubt(_ column: String, _ example: String, _ isPoint: Bool) -> String {
    let (mark, sign) = isPoint ? (".", "point") : (",", "comma")
    let digits = example.filter(\.isNumber)
    return
        "the column \(quoted(column)) holds numbers such as \(example), and nothing in the file tells whether the "
        + "\(sign) parts thousands (\(digits)) or decimals; say it to retain init with --format "
        + "\(quoted("\(column)=1\(mark)234")) for thousands or --format \(quoted("\(column)=1\(mark)5")) for decimals"
}

private func choice(
    _ column: String,
    _ levels: [String],
    _ positive: String?,
    _ negative: String?
) -> String {
    let leaving = positive.map(optionText) ?? "LEVEL"
    return
        "the target \(quoted(column)) has \(countText(levels.count)) levels: \(listed(levels)); say which mean "
        + "that the customer left and that she stayed, such as --positive \(leaving) --negative "
        + "\(negative.map(optionText) ?? "LEVEL") (rows with other levels are left out), or --positive "
        + "\(leaving) --rest where all others stayed"
}

/// A level as it is written on a command line.
private func optionText(_ level: String) -> String {
    let isPlain = level.utf8.allSatisfy { byte in
        switch byte | 0x20 {
        case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "0") ... UInt8(ascii: "9"): true
        default: false
        }
    }
    return isPlain ? level : quoted(level)
}

/// So many names a message lists: a line that a person reads.
let mostListed = 8

/// Names in quotes with commas between, the first eight.
package func listed(_ names: [String]) -> String {
    names.prefix(mostListed).map(quoted).joined(separator: ", ") + more(than: names.count)
}

/// How many of some names a message leaves out; empty where it lists all.
func more(than count: Int) -> String {
    count > mostListed ? " and \(countText(count - mostListed)) more" : ""
}
