/// The levels of a feature, prepared for finding one by what a request gives.
struct LevelNames: Sendable {
    private let names: [[UInt8]]
    /// The levels that are numbers in some spelling, as `1` and `1.0` are.
    private let numbers: [Double?]

    init(_ levels: [String]) {
        names = levels.map { Array($0.utf8) }
        numbers = levels.map { Double($0) }
    }

    /// The code of the level that has this name, byte by byte.
    func code(of text: ArraySlice<UInt8>) -> Int? {
        names.firstIndex { $0.count == text.count && $0.elementsEqual(text) }
    }

    /// The code of the level that is this number.
    func code(of number: Double) -> Int? {
        numbers.firstIndex { $0 == number }
    }
}
