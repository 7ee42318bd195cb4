import Output

/// How the numbers of a column are written where people wrote them: `1,234.50`, `1.234,50 €`, `12.5%`.
///
/// It is written, in `retain.yaml` and in a model folder, as the number 1234 would be in that form. Fields are held
/// against it strictly, so that none is read a thousand times too small or too great: groups have three digits, and a
/// field that another form would read as whole thousands (8.105 where a point is the decimal sign) is a number only
/// where the example has three decimals.
///
/// ```swift
/// let form = NumberForm(example: "1.234,50 €")
/// print(form?.value(of: "12.480,00 €") ?? .nan)  // 12480
/// ```
public struct NumberForm: Equatable, Sendable {
    let decimal: WrittenNumber.Mark
    let group: WrittenNumber.Mark?
    /// Decimals of the example.
    let decimals: Int
    /// The currency or percent sign of the example; empty for none.
    let affix: String
    let affixLeads: Bool

    init(
        decimal: WrittenNumber.Mark,
        group: WrittenNumber.Mark? = nil,
        decimals: Int,
        affix: String = "",
        affixLeads: Bool = false
    ) {
        self.decimal = decimal
        self.group = group
        self.decimals = decimals
        self.affix = affix
        self.affixLeads = affixLeads
    }

    /// Reads an example: any number that shows what parts thousands and decimals, and the currency or percent sign.
    ///
    /// One point or comma before three digits parts thousands, as in `1.234`; before another number of digits, or
    /// behind more than three, it is the decimal sign.
    ///
    /// - Returns: Nil where the text is no number in any form.
    public init?(example: String) {
        guard let written = WrittenNumber(example), written.exponent.isEmpty else { return nil }
        affix = written.affix
        affixLeads = written.affixLeads
        switch written.evidence {
        case .bare: (decimal, group, decimals) = (.point, nil, 0)
        case .decimal(let mark, _):
            (decimal, group, decimals) = (mark, nil, written.digits[1].count)
        case .grouped(let mark, let sign?):
            (decimal, group, decimals) = (sign, mark, written.digits.last?.count ?? 0)
        case .grouped(let mark, nil), .doubtful(let mark):
            (decimal, group, decimals) = (mark == .point ? .comma : .point, mark, 0)
        case .none: return nil
        }
    }

    /// The example that `init(example:)` reads as this form.
    public var example: String {
        // Three decimals behind one digit would look like thousands.
        let isLong = group != nil || decimals == 3
        var text = isLong ? "1\(group.map { String($0.rawValue) } ?? "")234" : "12"
        if group == nil, decimals == 0, affix.isEmpty { text = "1234" }
        if decimals > 0 {
            let figures = decimals == 1 ? "5" : "50" + String(repeating: "0", count: decimals - 2)
            text += String(decimal.rawValue) + figures
        }
        guard !affix.isEmpty else { return text }
        let isWord = affix.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
        if affixLeads { return affix + (isWord ? " " : "") + text }
        return text + (affix == "%" ? "" : " ") + affix
    }

    /// The number that a field holds; nil where it is not written in this form.
    ///
    /// The currency or percent sign may be left out, and a number may be negative by a minus on either side or by
    /// parentheses. Twelve percent are 12.
    public func value(of text: String) -> Double? {
        guard let written = WrittenNumber(text), written.affix.isEmpty || isSame(written.affix)
        else { return nil }
        if case .doubtful(let mark) = written.evidence, mark == decimal, decimals != 3 {
            return nil
        }
        return written.value(decimal: decimal, group: group)
    }

    private func isSame(_ other: String) -> Bool {
        affix == other || affix.lowercased() == other.lowercased()
    }

    /// A number in this form, which reads back as the same number.
    public func text(of value: Double) -> String {
        var text = numberText(value)
        guard let point = text.firstIndex(of: ".") else { return text }
        let fraction = text[text.index(after: point)...]
        // Three decimals alone would be doubtful.
        if fraction.count == 3, fraction.allSatisfy(\.isNumber) { text += "0" }
        return String(text.map { $0 == "." ? decimal.rawValue : $0 })
    }
}

/// As the example.
extension NumberForm: Codable {
    /// Reads an example.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let form = NumberForm(example: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\(text) is no number in any form"
            )
        }
        self = form
    }

    /// Writes the example.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(example)
    }
}
