import Output

/// Reads a customer whose fields are the schema's features in the schema's order, as most clients send them.
///
/// It knows the commonest spellings only: every feature once, by its exact name; numbers of up to 15 digits that are
/// within their bounds; listed levels as texts without escapes, or as numbers. Anything else it leaves to the reader
/// that takes fields in any order, which says of what it reads the same.
package struct OrderedFields: Sendable {
    /// The names as JSON has them, one behind the other, and where each ends.
    private var names: [UInt8] = []
    private var ends: [Int] = []
    private let bounds: [ClosedRange<Double>?]
    private let levels: [LevelNames]

    init(_ names: [String], _ bounds: [ClosedRange<Double>?], _ levels: [LevelNames]) {
        self.bounds = bounds
        self.levels = levels
        for name in names {
            self.names.appendJSON(name)
            ends.append(self.names.count)
        }
    }

    /// The values of the customer that a text is, coded; nil where any of it is unusual.
    ///
    /// - Complexity: O(bytes).
    package func values(_ text: Span<UInt8>) -> [Double]? {
        var place = 0
        guard !ends.isEmpty, text.passes(UInt8(ascii: "{"), &place) else { return nil }
        var values: [Double] = []
        values.reserveCapacity(ends.count)
        var start = 0
        for feature in ends.indices {
            if feature > 0, !text.passes(UInt8(ascii: ","), &place) { return nil }
            text.passBlanks(&place)
            let name = names.span.extracting(start ..< ends[feature])
            guard text.holds(name, at: place) else { return nil }
            place += name.count
            start = ends[feature]
            guard text.passes(UInt8(ascii: ":"), &place) else { return nil }
            text.passBlanks(&place)
            guard let value = value(of: feature, text, &place) else { return nil }
            values.append(value)
        }
        guard text.passes(UInt8(ascii: "}"), &place) else { return nil }
        text.passBlanks(&place)
        return place == text.count ? values : nil
    }

    private func value(of feature: Int, _ text: Span<UInt8>, _ place: inout Int) -> Double? {
        let start = place
        if let number = text.plainNumber(&place) {
            if let bounds = bounds[feature] { return bounds.contains(number) ? number : nil }
            let written = text.extracting(start ..< place)
            let code = levels[feature].code(of: written) ?? levels[feature].code(of: number)
            return code.map { Double($0) }
        }
        guard let level = text.plainText(&place) else { return nil }
        return levels[feature].code(of: text.extracting(level)).map { Double($0) }
    }
}

extension Span<UInt8> {
    /// Passes over blanks and a byte; false where it is another.
    fileprivate func passes(_ byte: UInt8, _ place: inout Int) -> Bool {
        passBlanks(&place)
        guard place < count, self[place] == byte else { return false }
        place += 1
        return true
    }

    /// Where a text without escapes stands between its quotes.
    fileprivate func plainText(_ place: inout Int) -> Range<Int>? {
        guard place < count, self[place] == UInt8(ascii: "\"") else { return nil }
        let start = place + 1
        var end = start
        while end < count, self[end] != UInt8(ascii: "\"") {
            guard self[end] >= 0x20, self[end] != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        guard end < count else { return nil }
        place = end + 1
        return start ..< end
    }

    /// A number of few digits without exponent.
    fileprivate func plainNumber(_ place: inout Int) -> Double? {
        var position = place
        let isNegative = position < count && self[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var whole: UInt64 = 0
        let first = position
        passDigits(&position, into: &whole)
        var digits = position - first
        guard digits == 1 || (digits > 1 && self[first] != UInt8(ascii: "0")) else { return nil }
        var decimals = 0
        if position < count, self[position] == UInt8(ascii: ".") {
            position += 1
            let start = position
            passDigits(&position, into: &whole)
            decimals = position - start
            guard decimals > 0 else { return nil }
            digits += decimals
        }
        guard digits <= JSONNumber.exactDigits else { return nil }
        place = position
        return JSONNumber.nearest(whole, decimals: decimals, isNegative: isNegative)
    }
}
