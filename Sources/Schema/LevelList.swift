/// Which of a column's texts are its levels.
enum LevelList {
    /// All of them, with their counts.
    case all([(text: String, count: Int)])
    /// Those that occur at least so often, sorted: the others are too rare to say something each.
    case frequent([String], least: Int)
    /// None: they name customers, or persons; `unique` where nearly every row has its own.
    case names(unique: Bool)
    /// None: hardly any occurs again.
    case tooRare

    /// Up to so many levels are listed without a look at how rare some are.
    static let few = 100
    /// The most that are listed.
    private static let most = 5_000
    /// A level that fewer rows have is one of the rare, of few levels and of many: of many a model takes the rate at
    /// which their customers leave, which shrinks to the mean where rows are few.
    private static let leastRows = (few: 5, many: 3)

    /// Decides by a column's texts.
    ///
    /// - Complexity: O(*k* log *k*) for *k* texts.
    init(_ content: ColumnContent) {
        let count = content.distinctCount
        let filled = content.filledCount
        let levels = content.levels ?? []
        let isUnique = count >= 10 && count * 100 >= content.rowCount * 99
        if isUnique || count >= 10 && count == filled {
            self = .names(unique: count * 100 >= content.rowCount * 99)
            return
        }
        // Each level wants to be seen five times on average to be more than a name.
        if count <= 10 || count <= Self.few && count * Self.leastRows.few <= filled {
            self = .all(levels)
            return
        }
        let name = ColumnName(content.name)
        let namesCustomer = name.namesCustomer || Self.haveFormOfNumbers(levels.map(\.text))
        if name.namesPerson || namesCustomer && count * (name.namesThing ? 100 : 2) >= filled {
            self = .names(unique: false)
            return
        }
        let frequent = Self.frequent(levels, least: Self.leastRows.many)
        let isLong = frequent.count > Self.few
        let least = isLong ? Self.leastRows.many : Self.leastRows.few
        let listed = isLong ? frequent : Self.frequent(levels, least: least)
        let rows = listed.reduce(0) { $0 + $1.count }
        self =
            listed.count >= 2 && rows * 5 >= filled
            ? .frequent(listed.map(\.text), least: listed.map(\.count).min() ?? least) : .tooRare
    }

    private static func frequent(
        _ levels: [(text: String, count: Int)],
        least: Int
    ) -> [(text: String, count: Int)] {
        let own = levels.filter { $0.count >= least }
        guard own.count > most else { return own }
        let falling = own.indices.sorted { (own[$1].count, $0) < (own[$0].count, $1) }
        return falling.prefix(most).sorted().map { own[$0] }
    }

    /// Whether texts are as long as one another and all but letters at the same places, most of them digits: `C006-000123`.
    private static func haveFormOfNumbers(_ texts: [String]) -> Bool {
        guard let first = texts.first.map(form), first.count >= 6,
            first.count(where: { $0 == digit }) * 2 >= first.count
        else { return false }
        return texts.allSatisfy { form($0) == first }
    }

    private static let digit = UInt8(ascii: "0")

    /// The text with every digit as 0 and every letter as a.
    private static func form(_ text: String) -> [UInt8] {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "0") ... UInt8(ascii: "9"): digit
            case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "A") ... UInt8(ascii: "Z"):
                UInt8(ascii: "a")
            default: byte
            }
        }
    }
}

extension ColumnContent {
    /// Whether who leaves depends on the numbers.
    ///
    /// - Parameter labels: Whether the customer of each row left; nil where that is not known.
    /// - Returns: True where it is no chance.
    func tellsTarget(_ labels: [Bool?]) -> Bool {
        var values: [Double] = []
        var truth: [Bool] = []
        for (value, place) in zip(numbers, places) where place < labels.count {
            guard let label = labels[place] else { continue }
            values.append(value)
            truth.append(label)
        }
        return TargetAssociation(values, labels: truth).isSignificant
    }
}
