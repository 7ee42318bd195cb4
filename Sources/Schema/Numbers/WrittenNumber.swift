/// One field that a person would read as a number, taken apart.
///
/// There are a sign, a currency or percent sign, digits and what parts them. What the marks between the digits mean is not said here; that is decided over a column.
struct WrittenNumber: Equatable {
    /// What may stand between digits.
    enum Mark: Character, CaseIterable {
        case point = "."
        case comma = ","
        case space = " "
        case apostrophe = "'"
    }

    /// A minus before or after it, or the parentheses of accounts.
    var isNegative = false
    /// The currency or the percent sign, as it stands; empty for none.
    var affix = ""
    /// Whether the affix stands before the digits.
    var affixLeads = false
    /// The stretches of digits, one more than `marks`; the first and the last may be empty.
    var digits: [String] = []
    /// What parts them.
    var marks: [Mark] = []
    /// `e-7`, or empty.
    var exponent = ""
    /// Whether a plain number has none of its form: parentheses, a minus behind it or one that is no hyphen.
    var isUnusual = false

    /// Takes a text apart; nil for one that is no number in any form.
    init?(_ text: some StringProtocol) {
        let utf8 = text.utf8
        // Nothing longer is a number that a person would write, and a text without digits is none at all.
        guard utf8.count <= 60, utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        var rest = text.unicodeScalars.map(Self.usual)[...]
        var hasSign = false
        var isOpen = false
        front: while let first = rest.first {
            switch first {
            case " ": rest.removeFirst()
            case "(" where !isOpen:
                isOpen = true
                rest.removeFirst()
            case "-" where !hasSign, "+" where !hasSign:
                hasSign = true
                isNegative = first == "-"
                rest.removeFirst()
            default:
                guard affix.isEmpty, let found = Currency.prefix(of: rest) else { break front }
                affix = found
                affixLeads = true
                rest.removeFirst(found.unicodeScalars.count)
            }
        }
        guard takeDigits(&rest) else { return nil }
        var isClosed = false
        while let first = rest.first {
            switch first {
            case " ": rest.removeFirst()
            case ")" where isOpen && !isClosed:
                isClosed = true
                rest.removeFirst()
            case "-" where !hasSign && !isOpen:
                hasSign = true
                isNegative = true
                isUnusual = true
                rest.removeFirst()
            default:
                guard affix.isEmpty, let found = Currency.prefix(of: rest) else { return nil }
                affix = found
                rest.removeFirst(found.unicodeScalars.count)
            }
        }
        guard isOpen == isClosed, !(isOpen && hasSign) else { return nil }
        if isOpen {
            isNegative = true
            isUnusual = true
        }
        if text.unicodeScalars.contains("\u{2212}") { isUnusual = true }
    }

    /// Takes the digits, what parts them and an exponent.
    private mutating func takeDigits(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
        var stretch = ""
        while let first = rest.first {
            if ("0" ... "9").contains(first) {
                stretch.unicodeScalars.append(first)
                rest.removeFirst()
            } else if let mark = Mark(rawValue: Character(first)), goesOn(rest, mark) {
                digits.append(stretch)
                marks.append(mark)
                stretch = ""
                rest.removeFirst()
            } else {
                break
            }
        }
        digits.append(stretch)
        guard digits.contains(where: { !$0.isEmpty }) else { return false }
        takeExponent(&rest)
        return true
    }

    /// Whether a mark belongs to the number: a space or an apostrophe does only between digits.
    private func goesOn(_ rest: ArraySlice<Unicode.Scalar>, _ mark: Mark) -> Bool {
        guard mark == .space || mark == .apostrophe else { return true }
        return rest.dropFirst().first.map { ("0" ... "9").contains($0) } ?? false
    }

    private mutating func takeExponent(_ rest: inout ArraySlice<Unicode.Scalar>) {
        guard rest.first == "e" || rest.first == "E" else { return }
        var end = rest.index(after: rest.startIndex)
        if end < rest.endIndex, rest[end] == "+" || rest[end] == "-" { end += 1 }
        let figures = rest[end...].prefix { ("0" ... "9").contains($0) }
        guard !figures.isEmpty else { return }
        exponent = String(String.UnicodeScalarView(rest[..<figures.endIndex]))
        rest = rest[figures.endIndex...]
    }

    /// Blanks, minus signs and apostrophes have many forms; one of each is read on.
    private static func usual(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\t", "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}", "\u{3000}": " "
        case "\u{2212}": "-"
        case "\u{2019}", "\u{02BC}", "\u{B4}", "`": "'"
        default: scalar
        }
    }
}

extension WrittenNumber {
    /// What the marks between the digits of one field tell by themselves.
    enum Evidence: Equatable {
        /// No mark; whether there are more than three digits, which a column that parts thousands has not.
        case bare(isLong: Bool)
        /// The mark is the decimal sign beyond doubt; whether a zero before it says so.
        case decimal(Mark, isZero: Bool)
        /// The mark parts thousands beyond doubt; the decimal sign, where there is one, too.
        case grouped(Mark, decimal: Mark?)
        /// One point or comma before three digits: 8.105.
        case doubtful(Mark)
        /// No number in any form: 1.23.4
        case none
    }

    /// What this field tells.
    var evidence: Evidence {
        guard let last = marks.last else { return .bare(isLong: digits[0].count > 3) }
        if marks.count == 1 {
            switch last {
            case .space, .apostrophe:
                return isGrouped(digits[...], last) ? .grouped(last, decimal: nil) : .none
            case .point, .comma:
                let isZero = digits[0] == "0" || digits[0].isEmpty
                guard exponent.isEmpty, isGrouped(digits[...], last) else {
                    return .decimal(last, isZero: isZero)
                }
                return .doubtful(last)
            }
        }
        if marks.allSatisfy({ $0 == last }) {
            return isGrouped(digits[...], last) ? .grouped(last, decimal: nil) : .none
        }
        let group = marks[0]
        guard last == .point || last == .comma, marks.dropLast().allSatisfy({ $0 == group }),
            isGrouped(digits.dropLast(), group)
        else { return .none }
        return .grouped(group, decimal: last)
    }

    /// The value where `decimal` is the decimal sign and `group` parts thousands; nil where the field is not written so.
    func value(decimal: Mark, group: Mark?) -> Double? {
        var whole = digits[...]
        var fraction = ""
        var parting = marks[...]
        if parting.last == decimal {
            fraction = whole.removeLast()
            parting.removeLast()
        }
        if !parting.isEmpty {
            guard let group, parting.allSatisfy({ $0 == group }), isGrouped(whole, group) else {
                return nil
            }
        }
        let sign = isNegative ? "-" : ""
        let text = "\(sign)\(whole.joined()).\(fraction)"
        guard !(whole.joined() + fraction).isEmpty,
            let value = Double((text.hasSuffix(".") ? String(text.dropLast()) : text) + exponent),
            value.isFinite
        else { return nil }
        return value
    }

    /// Whether stretches of digits are groups of three, or, with commas, those of India: 12,34,567.
    private func isGrouped(_ stretches: ArraySlice<String>, _ mark: Mark) -> Bool {
        guard let first = stretches.first, let last = stretches.last, stretches.count > 1,
            last.count == 3, (1 ... 3).contains(first.count), first.first != "0"
        else { return false }
        let middle = stretches.dropFirst().dropLast()
        if middle.allSatisfy({ $0.count == 3 }) { return true }
        return mark == .comma && first.count <= 2 && middle.allSatisfy { $0.count == 2 }
    }
}
