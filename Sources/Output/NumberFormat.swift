/// How a number is written for people: the same characters on every machine, in any locale.
public enum NumberFormat: Sendable, Equatable {
    /// A fixed count of decimals: `0.8651`.
    case fixed(Int)
    /// Thousands apart by commas, a fixed count of decimals: `12,400`.
    case grouped(Int)
    /// The fraction as a percentage with a fixed count of decimals: `86.5 %`, with a no-break space.
    case percent(Int)

    /// The number as text, rounded half away from zero; `n/a` where it is not finite.
    public func text(_ value: Double) -> String {
        guard value.isFinite else { return "n/a" }
        switch self {
        case .fixed(let decimals): return Self.decimal(value, decimals, grouped: false)
        case .grouped(let decimals): return Self.decimal(value, decimals, grouped: true)
        case .percent(let decimals):
            return Self.decimal(value * 100, decimals, grouped: true) + "\u{A0}%"
        }
    }

    /// The number as text; `n/a` where there is none.
    public func text(_ value: Double?) -> String { value.map { text($0) } ?? "n/a" }

    /// The whole number as text.
    public func text(_ value: Int) -> String { text(Double(value)) }

    private static func decimal(_ value: Double, _ decimals: Int, grouped: Bool) -> String {
        var scale = 1
        for _ in 0 ..< max(0, min(decimals, 9)) { scale *= 10 }
        let scaled = (value.magnitude * Double(scale)).rounded()
        // Beyond 2⁵³ the decimals mean nothing; the shortest exact form is as fixed as any.
        guard scaled < 9_007_199_254_740_992 else { return value.description }
        let digits = Int(scaled)
        var whole = String(digits / scale)
        if grouped { whole = separated(whole) }
        let sign = value < 0 && digits > 0 ? "-" : ""
        guard scale > 1 else { return sign + whole }
        let rest = String(scale + digits % scale).dropFirst()
        return sign + whole + "." + rest
    }

    private static func separated(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
