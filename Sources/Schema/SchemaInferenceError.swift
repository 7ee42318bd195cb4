/// Why no schema can be inferred from a file.
public enum SchemaInferenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The header is there, but no customer.
    case noRows
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
    /// Nothing says which of the two levels means that the customer left.
    case unknownMeaning(column: String, levels: [String])
    /// The level named as positive is none of the target's.
    case unknownPositive(String, column: String, levels: [String])
    /// No column is left to predict from.
    case noFeature(target: String)

    /// One line that says what is wrong and how to mend it.
    public var description: String {
        switch self {
        case .noRows:
            "the file has a header but no rows; give a file with one row per customer"
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
        case .unknownMeaning(let column, let levels):
            "the target \(quoted(column)) has the levels \(listed(levels)), and it is not known which "
                + "means that the customer left; say so with --positive LEVEL"
        case .unknownPositive(let level, let column, let levels):
            "the target \(quoted(column)) has no level \(quoted(level)); "
                + "--positive takes one of \(listed(levels))"
        case .noFeature(let target):
            "no column is left to predict \(quoted(target)) from: every other column identifies "
                + "the customer, is constant or gives the target away"
        }
    }
}

/// Names in quotes with commas between, the first eight.
func listed(_ names: [String]) -> String {
    let shown = names.prefix(8).map(quoted).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(countText(names.count - 8)) more" : shown
}
