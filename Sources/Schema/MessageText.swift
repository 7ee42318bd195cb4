import Output

/// A count for a message or a comment: `10,000`.
package func countText(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }

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
