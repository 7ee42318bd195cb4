/// A number for data: the shortest text that reads back as the same bits, without the `.0` of whole numbers.
///
/// `4200`, `0.35`. What people read is rounded by `NumberFormat`.
public func numberText(_ value: Double) -> String {
    // Most are whole numbers, for which no shortest decimal need be sought; zero may have a sign.
    if let whole = Int(exactly: value), whole != 0, abs(whole) < 1_000_000_000 {
        return String(whole)
    }
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
