/// A number as a person writes it: `4200`, `0.35`, without the `.0` of whole numbers.
package func numberText(_ value: Double) -> String {
    // Most are whole numbers, for which no shortest decimal need be sought; zero may have a sign.
    if let whole = Int(exactly: value), whole != 0, abs(whole) < 1_000_000_000 {
        return String(whole)
    }
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A count with commas between thousands: `10,000`.
package func countText(_ count: Int) -> String {
    let digits = String(count)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0, text != "-" { text += "," }
        text.append(digit)
    }
    return text
}

/// A part of a whole as a percentage with one decimal: `20.4 %`.
package func percentText(_ fraction: Double) -> String {
    "\(numberText((fraction * 1000).rounded() / 10)) %"
}

/// A value in quotes, cut to 40 characters so that a message stays one readable line.
func quoted(_ value: String) -> String {
    "\"\(shortened(value))\""
}

/// At most 40 characters of a value, on one line and without what a YAML comment can't hold.
package func shortened(_ value: String) -> String {
    let line = value.map { character -> Character in
        let isPlain = character.unicodeScalars.allSatisfy { scalar in
            let category = scalar.properties.generalCategory
            return category != .control && category != .unassigned && scalar != "\u{FEFF}"
        }
        return isPlain && !character.isNewline ? character : " "
    }
    return line.count > 40 ? String(line.prefix(39)) + "…" : String(line)
}
