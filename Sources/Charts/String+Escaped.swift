extension String {
    /// The text with everything replaced that is not to be seen or that changes what is seen around.
    ///
    /// That is control characters (a terminal would obey them), line breaks, bidirectional overrides,
    /// and what XML 1.0 has no place for. Column names come from files; they are not to be trusted.
    public var printable: String {
        // Most texts are plain, and a table of 10,000 runs has many.
        guard !utf8.allSatisfy({ (0x20 ..< 0x7F).contains($0) }) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isHarmless ? scalar : "\u{FFFD}") }
        return String(result)
    }

    /// The text made safe as the content of an XML or HTML element or of a quoted attribute.
    public var markupEscaped: String {
        var result = ""
        for scalar in printable.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// At most `limit` characters of the text, the last one an ellipsis where some were cut off.
    ///
    /// Counted in Unicode scalars, not characters: one character may hold any number of accents.
    public func clipped(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        guard unicodeScalars.dropFirst(limit).first != nil else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        switch value {
        case 0 ..< 0x20, 0x7F ..< 0xA0: false
        case 0x200E, 0x200F, 0x2028 ... 0x202E, 0x2066 ... 0x2069: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}
