import Tabular

/// How the values of a column stand in coded customers: column by column in a `Table`, row by row in `CodedRows`.
///
/// | | value | empty | not listed |
/// |---|---|---|---|
/// | number | the number | NaN | |
/// | truth | 0 for no, 1 for yes | `LevelCode.null` | refused |
/// | level | its place in the list, from 0 | `LevelCode.null` | `LevelCode.unlisted` |
///
/// Files, requests, tensors and the record are read into this form, and everything behind them (encoding, drift, the
/// record) reads no other. Which kind of column a value came from matters no more.
public enum Coding: Equatable, Sendable {
    /// A number whose order and distances mean something.
    case number
    /// One of two levels of which one means yes.
    case truth(no: String, yes: String)
    /// One of some levels, in the order of their codes.
    case level([String])

    /// The levels that codes stand for; nil for numbers.
    public var levels: [String]? {
        switch self {
        case .number: nil
        case .truth(let no, let yes): [no, yes]
        case .level(let levels): levels
        }
    }

    /// The coded value of an empty field.
    public var null: Double {
        switch self {
        case .number: .nan
        case .truth, .level: Double(LevelCode.null)
        }
    }

    /// Whether a coded value is that of an empty field.
    public func isNull(_ value: Double) -> Bool {
        switch self {
        case .number: value.isNaN
        case .truth, .level: value == Double(LevelCode.null)
        }
    }

    /// What the codes of another coding are in this one.
    ///
    /// A truth is the same truth in any words.
    ///
    /// - Returns: This coding's code for each of the other's, from `LevelCode.unlisted` on, none for numbers; nil where
    ///   one of the two can't be read as the other.
    /// - Complexity: O(levels of the one + levels of the other).
    public func codes(of other: Coding) -> [Int32]? {
        switch (self, other) {
        case (.number, .number): []
        case (.truth, .truth): [LevelCode.unlisted, LevelCode.null, 0, 1]
        case (.level(let own), .level(let levels)): Self.codes(of: levels, in: own)
        case (.number, _), (.truth, _), (.level, _): nil
        }
    }

    /// The code of each of some levels in a list, behind the codes of an unlisted level and of an empty field.
    ///
    /// - Complexity: O(levels + list).
    public static func codes(of levels: [String], in list: [String]) -> [Int32] {
        let codes = Dictionary(
            list.enumerated().map { (ExactText($1), Int32($0)) },
            uniquingKeysWith: { first, _ in first }
        )
        return [LevelCode.unlisted, LevelCode.null]
            + levels.map { codes[ExactText($0)] ?? LevelCode.unlisted }
    }
}
