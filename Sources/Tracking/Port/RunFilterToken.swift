/// A piece of a condition's text.
struct RunFilterToken: Equatable {
    enum Kind: Equatable {
        /// A word without quotes; dots part prefix and key.
        case word(String)
        /// Text in single or double quotes.
        case quoted(String)
        /// A key in backticks.
        case key(String)
        /// A number.
        case number(Double)
        /// `=`, `!=`, `<` …, `(`, `)`, `,`, `.`.
        case sign(String)
        /// The end of the text.
        case end
    }

    let kind: Kind
    /// Characters before it.
    let position: Int

    /// The pieces of a text, the end last.
    static func all(in text: String) throws(RunFilterError) -> [Self] {
        let characters = Array(text)
        var tokens: [Self] = []
        var place = 0
        func rest(while isPart: (Character) -> Bool) -> String {
            String(characters[place...].prefix(while: isPart))
        }
        while place < characters.count {
            let start = place
            let character = characters[place]
            let kind: Kind
            switch character {
            case _ where character.isWhitespace:
                place += 1
                continue
            case "'", "\"", "`":
                var content = ""
                repeat {
                    // A quote that is doubled stands for itself.
                    if place > start { content.append(character) }
                    place += 1
                    let part = rest { $0 != character }
                    content += part
                    place += part.count + 1
                    guard place <= characters.count else {
                        throw .unexpected(
                            text: text,
                            position: start,
                            expected: "a closing \(character)"
                        )
                    }
                } while place < characters.count && characters[place] == character
                kind = character == "`" ? .key(content) : .quoted(content)
            case "(", ")", ",", ".":
                place += 1
                kind = .sign(String(character))
            case "=", "!", "<", ">":
                let sign = rest { "=!<>".contains($0) }
                place += sign.count
                kind = .sign(sign)
            case "0" ... "9", "-", "+":
                let digits = numberText(characters[place...])
                guard let number = Double(digits), number.isFinite else {
                    throw .unexpected(text: text, position: start, expected: "a number")
                }
                place += digits.count
                kind = .number(number)
            case _ where character.isLetter || character == "_":
                let word = rest {
                    $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "/"
                }
                place += word.count
                kind = .word(word)
            default:
                throw .unexpected(text: text, position: start, expected: "a name or a value")
            }
            tokens.append(Self(kind: kind, position: start))
        }
        return tokens + [Self(kind: .end, position: characters.count)]
    }

    private static func numberText(_ rest: ArraySlice<Character>) -> String {
        var text = ""
        for character in rest {
            let isSign = character == "-" || character == "+"
            let mayHaveSign = text.isEmpty || text.last == "e" || text.last == "E"
            guard
                character.isASCII && (character.isNumber || "eE.".contains(character))
                    || isSign && mayHaveSign
            else { break }
            text.append(character)
        }
        return text
    }
}
