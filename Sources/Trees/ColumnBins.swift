/// One column of customers as trees read it.
public enum TreeColumn: Equatable, Sendable {
    /// Numbers, NaN where empty; a boolean is 0 and 1.
    case numbers([Double])
    /// Codes below `levels`, −1 where empty, −2 where the level is not listed.
    case codes([Int32], levels: Int)

    /// Number of rows.
    public var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .codes(let codes, _): codes.count
        }
    }
}

/// How a column becomes small whole numbers, fitted on training rows without their truth.
public enum ColumnBins: Equatable, Sendable {
    /// A number's bin is how many borders lie below it. Where training rows were empty, empty is bin 0 and all
    /// others are one higher; else an empty field counts as the least number.
    case borders([Double], hasEmpty: Bool)
    /// The bin of each code from −2 on; `count` where no training row had it, which equals no bin.
    case levels([Int], count: Int)
    /// The same where bins have an order, as rates of levels have: a cut divides them.
    case ordered([Int], count: Int)

    /// Bins that training rows have.
    public var count: Int {
        switch self {
        case .borders(let borders, let hasEmpty): borders.count + (hasEmpty ? 2 : 1)
        case .levels(_, let count), .ordered(_, let count): count
        }
    }

    /// Whether a cut takes one bin out, rather than divide bins in their order.
    var isLeveled: Bool {
        switch self {
        case .borders, .ordered: false
        case .levels: true
        }
    }

    /// A level more is one of the rest: a bin is a byte, and 255 equals no bin.
    static let mostLevels = 254

    /// Fits a column's bins.
    ///
    /// - Parameters:
    ///   - column: Training rows.
    ///   - mostBorders: At most so many borders for a number, below 254.
    /// - Complexity: O(*n* log *n*).
    public init(_ column: TreeColumn, mostBorders: Int) {
        switch column {
        case .numbers(let values):
            let filled = values.filter { !$0.isNaN }
            self = .borders(
                Self.borders(filled.sorted(), most: mostBorders),
                hasEmpty: filled.count < values.count
            )
        case .codes(let codes, let levels): self = Self.levels(codes, levels)
        }
    }

    /// Bins of codes that count by a number each.
    ///
    /// - Parameters:
    ///   - numbers: Of each code, from −2 on.
    ///   - borders: Bins of numbers that are never empty.
    public init(ranking numbers: [Double], by borders: ColumnBins) {
        self = .ordered(numbers.map { Int(borders.bin(of: $0)) }, count: borders.count)
    }

    /// Mid-points between neighbours where there are few distinct values, else between such that as many rows lie
    /// between two borders as can be.
    private static func borders(_ sorted: [Double], most: Int) -> [Double] {
        var distinct: [Double] = []
        // Rows below each distinct value.
        var below: [Int] = []
        for (place, value) in sorted.enumerated() where distinct.last != value {
            distinct.append(value)
            below.append(place)
        }
        guard distinct.count > 1 else { return [] }
        var cuts = Array(1 ..< distinct.count)
        if distinct.count > most + 1 {
            cuts = []
            var cut = 0
            for number in 1 ... most {
                let wanted = Double(number) * Double(sorted.count) / Double(most + 1)
                while cut < below.count, Double(below[cut]) < wanted { cut += 1 }
                let clipped = min(max(cut, 1), distinct.count - 1)
                if cuts.last != clipped { cuts.append(clipped) }
            }
        }
        return cuts.map { cut in
            let sum = distinct[cut - 1] + distinct[cut]
            return sum.isFinite ? sum / 2 : distinct[cut - 1] / 2 + distinct[cut] / 2
        }
    }

    /// The levels that training rows have, empty last; the most frequent where there are too many, ties by code.
    private static func levels(_ codes: [Int32], _ count: Int) -> Self {
        var rows = [Int](repeating: 0, count: count + 2)
        for code in codes { rows[Int(code) + 2] += 1 }
        // From the first level on, then empty; what is not listed in training equals none.
        let order = Array(2 ..< count + 2) + [1]
        let seen = order.filter { rows[$0] > 0 }
        var own = seen
        if seen.count > mostLevels {
            let frequent = seen.indices.sorted {
                (rows[seen[$1]], $0) < (rows[seen[$0]], $1)
            }
            own = frequent.prefix(mostLevels - 1).sorted().map { seen[$0] }
        }
        let bins = own.count + (own.count < seen.count ? 1 : 0)
        var table = [Int](repeating: bins, count: count + 2)
        for place in seen { table[place] = bins - 1 }
        for (bin, place) in own.enumerated() { table[place] = bin }
        return .levels(table, count: bins)
    }

    /// The bins of a column.
    ///
    /// - Precondition: The column is of the kind that was fitted.
    /// - Complexity: O(rows · log of borders).
    public func bins(of column: TreeColumn) -> [UInt8] {
        switch (self, column) {
        case (.borders(let borders, let hasEmpty), .numbers(let values)):
            return values.map { Self.bin(of: $0, borders, hasEmpty) }
        case (.levels(let table, _), .codes(let codes, _)),
            (.ordered(let table, _), .codes(let codes, _)):
            return codes.map { UInt8(table[Int($0) + 2]) }
        case (.borders, .codes), (.levels, .numbers), (.ordered, .numbers):
            preconditionFailure(
                "the column is of another kind than the one that bins were fitted to"
            )
        }
    }

    /// The bin of one value: a number, or a code.
    func bin(of value: Double) -> UInt8 {
        switch self {
        case .borders(let borders, let hasEmpty): Self.bin(of: value, borders, hasEmpty)
        case .levels(let table, _), .ordered(let table, _): UInt8(table[Int(value) + 2])
        }
    }

    /// How many borders are below a number, and one more where an empty field has a bin of its own.
    @inline(__always)
    private static func bin(of value: Double, _ borders: [Double], _ hasEmpty: Bool) -> UInt8 {
        guard !value.isNaN else { return 0 }
        var low = 0
        var count = borders.count
        while count > 0 {
            let half = count / 2
            if borders[low + half] < value {
                low += half + 1
                count -= half + 1
            } else {
                count = half
            }
        }
        return UInt8(low + (hasEmpty ? 1 : 0))
    }
}

extension ColumnBins: Codable {
    private enum Key: String, CodingKey { case borders, hasEmpty, levels, ordered, count }

    /// Reads `{"borders": […], "hasEmpty": false}` or `{"levels": […], "count": 3}`, with `ordered` for bins of rates, and
    /// refuses what no fitting gives.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        if fields.contains(.borders) {
            let borders = try fields.decode([Double].self, forKey: .borders)
            guard borders.count < 254, borders.allSatisfy(\.isFinite),
                zip(borders, borders.dropFirst()).allSatisfy(<=)
            else {
                throw DecodingError.dataCorruptedError(
                    forKey: .borders,
                    in: fields,
                    debugDescription: "borders are not at most 253 ascending numbers"
                )
            }
            self = .borders(borders, hasEmpty: try fields.decode(Bool.self, forKey: .hasEmpty))
        } else {
            let isOrdered = fields.contains(.ordered)
            let key = isOrdered ? Key.ordered : .levels
            let table = try fields.decode([Int].self, forKey: key)
            let count = try fields.decode(Int.self, forKey: .count)
            guard ((isOrdered ? 1 : 0) ... Self.mostLevels).contains(count), table.count >= 2,
                // No code of a number's bins is without one.
                table.allSatisfy({ (0 ... (isOrdered ? count - 1 : count)).contains($0) })
            else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: fields,
                    debugDescription: "levels are not at most \(Self.mostLevels) bins"
                )
            }
            self = isOrdered ? .ordered(table, count: count) : .levels(table, count: count)
        }
    }

    /// Writes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .borders(let borders, let hasEmpty):
            try fields.encode(borders, forKey: .borders)
            try fields.encode(hasEmpty, forKey: .hasEmpty)
        case .levels(let table, let count):
            try fields.encode(table, forKey: .levels)
            try fields.encode(count, forKey: .count)
        case .ordered(let table, let count):
            try fields.encode(table, forKey: .ordered)
            try fields.encode(count, forKey: .count)
        }
    }
}
