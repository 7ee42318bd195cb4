/// Dates of a column that can be read in more than one way.
public struct DateAmbiguity: Equatable, Sendable {
    /// Name of the column.
    public let column: String
    /// A field that shows it.
    public let example: String
    /// The ways.
    public let forms: [DateForm]
    /// Whether some fields can only be read in the one way and others only in the other.
    public let isMixed: Bool

    /// What is in doubt, and how to settle it.
    var question: String {
        let words = forms.map(\.rawValue).joined(separator: " or ")
        let flags = forms.map { "--date \(quoted("\(column)=\($0.rawValue)"))" }
            .joined(separator: " or ")
        return isMixed
            ? "the column \(quoted(column)) mixes dates that are only \(words) (\(example)); write all in one form, or "
                + "say with \(flags) which rows are right"
            : "the dates of the column \(quoted(column)) can be read as \(words) (\(example)); say which with \(flags)"
    }
}
