import Output
import Tabular

/// How a column's fields read.
///
/// Each kind of column has a file of its own in `Kinds`, where all that is known of it stands; `coding` is what most
/// ask for.
public enum ColumnType: Equatable, Sendable {
    /// A number, within bounds where given.
    case number(minimum: Double?, maximum: Double?)
    /// Two levels that mean no and yes, read as 0 and 1.
    case boolean(no: String, yes: String)
    /// One of a list. The first is the base that one-hot encoding drops; `init` sorts by code point.
    case levels([String])
    /// A date, counted in days before a day of reference; `mayBeAhead` where it may lie after that.
    case date(DateForm, mayBeAhead: Bool = false)
    /// A place in the year or the week, derived from the dates of another column, which are written in that form.
    case cycle(DateCycle, of: String, DateForm)
    /// Any text; never a feature.
    case text

    /// The word for the type in `retain.yaml` and `schema.json`.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case number, boolean, levels, date, cycle, text
    }

    /// Which of the kinds this is.
    public var kind: Kind {
        switch self {
        case .number: .number
        case .boolean: .boolean
        case .levels: .levels
        case .date: .date
        case .cycle: .cycle
        case .text: .text
        }
    }

    /// All that is known of it.
    var home: any ColumnKind {
        switch self {
        case .number(let minimum, let maximum): NumberKind(minimum: minimum, maximum: maximum)
        case .boolean(let no, let yes): BooleanKind(no: no, yes: yes)
        case .levels(let levels): LevelsKind(levels: levels)
        case .date(let form, let mayBeAhead): DateKind(form: form, mayBeAhead: mayBeAhead)
        case .cycle(let part, let source, let form):
            CycleKind(part: part, source: source, form: form)
        case .text: TextKind()
        }
    }
}

extension ColumnType.Kind {
    /// What reads a column of this kind.
    var home: any ColumnKind.Type {
        switch self {
        case .number: NumberKind.self
        case .boolean: BooleanKind.self
        case .levels: LevelsKind.self
        case .date: DateKind.self
        case .cycle: CycleKind.self
        case .text: TextKind.self
        }
    }
}

extension ColumnType {
    /// How values are coded; nil for texts, which can't be features.
    public var coding: Coding? { home.coding }

    /// The levels that fields are coded by; empty for numbers and texts.
    public var listed: [String] { coding?.levels ?? [] }

    /// Whether fields are coded by levels.
    public var hasLevels: Bool { coding?.levels != nil }

    /// The numbers that requests may give as they are, and are coded as themselves; nil where none is.
    public var plainNumbers: ClosedRange<Double>? { home.plainNumbers }

    /// A coded value in the middle of what is allowed.
    public var example: Double { home.example }

    /// A coded value as a file has it, for people: a number, or the name of a level.
    ///
    /// - Precondition: The value is not null, and its level is listed.
    public func text(of value: Double) -> String { home.text(of: value) }

    /// The same kind without what rows are refused for, as bounds of numbers.
    public var acceptingAll: ColumnType { home.acceptingAll }
}

extension ColumnSchema {
    /// What a request holds for the column, but for an empty field.
    public var requestField: RequestField {
        var field = type.home.requestField(unseen)
        guard outside == .bound, field.minimum != nil || field.maximum != nil else { return field }
        let bounds = [
            field.minimum.map { "below \(numberText($0))" },
            field.maximum.map { "above \(numberText($0))" },
        ]
        field.note =
            "A number \(bounds.compactMap(\.self).joined(separator: " or ")) counts as that, and `outside`"
            + " of the answer names the field."
        field.minimum = nil
        field.maximum = nil
        return field
    }
}

/// Written by hand because the synthesised form (`{"levels": {"_0": […]}}`) is no file format.
extension ColumnType: Codable {
    enum Key: String, CodingKey {
        case kind, minimum, maximum, no, yes, levels, form, ahead, part, source
    }

    /// Reads `{"kind": "number", "minimum": 0}` and the like.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        self = try fields.decode(Kind.self, forKey: .kind).home.init(from: fields).type
    }

    /// Writes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(kind, forKey: .kind)
        try home.encode(to: &fields)
    }
}
