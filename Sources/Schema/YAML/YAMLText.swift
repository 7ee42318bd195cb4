/// Writes texts so that any YAML reader takes them for the same texts.
public enum YAMLText {
    /// The text, in double quotes unless it is a plain word.
    public static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// A key with its colon, indented by two; a key of over 1024 characters needs the explicit form.
    public static func key(_ text: String) -> String {
        let key = scalar(text)
        return key.unicodeScalars.count <= 1000 ? "\(key):" : "? \(key)\n  :"
    }

    /// A list on one line.
    static func list(_ texts: [String]) -> String {
        "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }

    private static let ambiguous: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
    ]

    /// Letters, digits, spaces, `_`, `-` and `/`, starting and ending with a letter or digit, that no
    /// reader takes for a number, a boolean, a date or nothing.
    private static func isPlain(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, scalars.count <= 80 else {
            return false
        }
        return isASCIILetter(first) && (isASCIILetter(last) || isASCIIDigit(last))
            && scalars.allSatisfy {
                isASCIILetter($0) || isASCIIDigit($0) || " _-/".unicodeScalars.contains($0)
            }
            && !ambiguous.contains(text.lowercased())
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a" ... "z").contains(scalar) || ("A" ... "Z").contains(scalar)
    }

    private static func isASCIIDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0" ... "9").contains(scalar)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                // Line separators, controls and what YAML calls unprintable stand as escapes.
                let isPrintable =
                    (0x20 ... 0x7E).contains(scalar.value)
                    || scalar.value >= 0xA0 && scalar.properties.generalCategory != .lineSeparator
                        && scalar.properties.generalCategory != .paragraphSeparator
                        && scalar.properties.generalCategory != .format
                        && scalar.properties.generalCategory != .unassigned
                        && scalar.properties.generalCategory != .privateUse
                if isPrintable {
                    result.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
        }
        return result + "\""
    }
}
