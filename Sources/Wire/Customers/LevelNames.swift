/// The levels of a feature, prepared for finding one by what a request gives.
struct LevelNames: Sendable {
    /// The names, one behind the other, and where each ends.
    private var letters: [UInt8] = []
    private var ends: [Int] = []
    /// The levels that are numbers in some spelling, as `1` and `1.0` are.
    private let numbers: [Double?]

    init(_ levels: [String]) {
        numbers = levels.map { Double($0) }
        for level in levels {
            letters += level.utf8
            ends.append(letters.count)
        }
    }

    /// The code of the level that has this name, byte by byte.
    func code(of text: Span<UInt8>) -> Int? {
        var start = 0
        for code in ends.indices {
            if ends[code] - start == text.count, letters.span.holds(text, at: start) { return code }
            start = ends[code]
        }
        return nil
    }

    /// The code of the level that is this number.
    func code(of number: Double) -> Int? {
        numbers.firstIndex { $0 == number }
    }
}

extension Span<UInt8> {
    /// Whether some bytes stand at a place.
    func holds(_ bytes: Span<UInt8>, at place: Int) -> Bool {
        guard count - place >= bytes.count else { return false }
        for offset in bytes.indices where bytes[offset] != self[place + offset] { return false }
        return true
    }
}
