public import Output

/// A language in which Retain speaks to a retention team.
///
/// Numbers are told in the language's form; sentences stand beside the code that knows when they are true, each with
/// both languages in one place.
///
/// ```swift
/// let language = Language.portuguese
/// print(language("12 customers", "12 clientes"), language.number(1234.5, decimals: 1))  // 12 clientes 1.234,5
/// ```
public enum Language: String, CaseIterable, Codable, Sendable {
    case english = "en"
    /// Of Brazil.
    case portuguese = "pt-BR"

    /// The language of a tag (`en`, `en-GB`, `pt`, `pt-BR`, in any case); nil for others.
    public init?(tag: String) {
        switch tag.lowercased().replacing("_", with: "-").split(separator: "-").first {
        case "en": self = .english
        case "pt": self = .portuguese
        default: return nil
        }
    }

    /// The text of this language.
    public func callAsFunction(_ english: String, _ portuguese: String) -> String {
        switch self {
        case .english: english
        case .portuguese: portuguese
        }
    }

    /// A number with a fixed count of decimals: `1,234.5`, `1.234,5`.
    public func number(_ value: Double, decimals: Int = 0) -> String {
        told(.grouped(decimals), value)
    }

    /// A whole number: `12,400`, `12.400`.
    public func number(_ value: Int) -> String { number(Double(value)) }

    /// A fraction as a percentage: `86.5 %`, `86,5 %`, with a no-break space.
    public func percent(_ value: Double, decimals: Int = 0) -> String {
        told(.percent(decimals), value)
    }

    /// A number with its sign, also where it is above 0: `+34`, `−1.4`.
    public func signed(_ value: Double, decimals: Int = 0) -> String {
        let text = number(value, decimals: decimals)
        let isNothing = !text.contains { ("1" ... "9").contains($0) }
        return value > 0 && !isNothing ? "+" + text : text
    }

    /// Things and how many: `1 customer`, `1,200 customers`; in Portuguese 0 takes the plural, too.
    public func count(
        _ value: Int,
        _ english: (String, String),
        _ portuguese: (String, String)
    )
        -> String
    {
        let (one, many) = self == .english ? english : portuguese
        return number(value) + "\u{A0}" + (value == 1 ? one : many)
    }

    /// What `NumberFormat` writes, with this language's marks.
    public func told(_ format: NumberFormat, _ value: Double) -> String {
        guard value.isFinite else { return self("not known", "não se sabe") }
        let text = format.text(value).replacing("-", with: "\u{2212}")
        return marked(text)
    }
}
