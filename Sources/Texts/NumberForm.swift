public import Output

/// Numbers of one `NumberFormat` as a language writes them: in English to the letter what the format says.
///
/// ```swift
/// let amount = Language.portuguese.form(.grouped(2))
/// print(amount.text(1234.5), amount.text(nil))  // 1.234,50 n/d
/// ```
public struct NumberForm: Sendable {
    fileprivate let format: NumberFormat
    fileprivate let language: Language

    /// The number as text; `n/a` or `n/d` where it is not finite.
    public func text(_ value: Double) -> String {
        guard language != .english else { return format.text(value) }
        return value.isFinite ? language.told(format, value) : "n/d"
    }

    /// The number as text; `n/a` or `n/d` where there is none.
    public func text(_ value: Double?) -> String { text(value ?? .nan) }

    /// The whole number as text.
    public func text(_ value: Int) -> String { text(Double(value)) }
}

extension Language {
    /// How this language writes numbers of a format.
    ///
    /// - Parameter format: How many decimals, with groups or not, a percentage or none.
    /// - Returns: What writes them.
    public func form(_ format: NumberFormat) -> NumberForm {
        NumberForm(format: format, language: self)
    }

    /// A number that was written for programs or in English, with this language's marks: `1,234.5` is `1.234,5`.
    package func marked(_ number: String) -> String {
        switch self {
        case .english: number
        case .portuguese: String(number.map { $0 == "," ? "." : $0 == "." ? "," : $0 })
        }
    }
}
