/// Written by hand so that the file has one short form for numbers and one for levels, and so that a file
/// that was tampered with can't stop the process later.
extension ReferenceColumn: Codable {
    private enum Key: String, CodingKey {
        case name, missing, chance, values, counts, rankError, whole, levels, unseen
    }

    /// Reads what `encode(to:)` writes.
    ///
    /// - Throws: `DecodingError` where a count is negative, values do not rise, or lists do not fit.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func check(_ isRight: Bool, _ key: Key, _ rule: String) throws {
            guard !isRight else { return }
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: fields,
                debugDescription: "\"\(key.rawValue)\" \(rule)"
            )
        }
        let counts = try fields.decode([Int].self, forKey: .counts)
        let missing = try fields.decode(Int.self, forKey: .missing)
        let sane = 0 ... Self.mostRows
        try check(sane.contains(missing), .missing, "is no number of rows")
        try check(counts.allSatisfy(sane.contains), .counts, "must be numbers of rows")
        let total = counts.reduce(into: 0) { $0 = min($0 + $1, Self.mostRows + 1) }
        try check(sane.contains(total), .counts, "add up to too many rows")
        let chance = try fields.decode(Chance.self, forKey: .chance)
        try check(
            [chance.distribution, chance.missing, chance.unseen].allSatisfy { $0 >= 0 && $0 <= 1 },
            .chance,
            "must lie from 0 to 1"
        )
        let name = try fields.decode(String.self, forKey: .name)
        if let levels = try fields.decodeIfPresent([String].self, forKey: .levels) {
            let unseen = try fields.decode(Int.self, forKey: .unseen)
            try check(sane.contains(unseen), .unseen, "is no number of rows")
            try check(levels.count == counts.count, .counts, "must be one for each level")
            self.init(
                name: name,
                spread: .levels(
                    levels,
                    LevelCounts(listed: counts, unseen: unseen, missing: missing)
                ),
                chance: chance
            )
            return
        }
        let values = try fields.decode([Double].self, forKey: .values)
        let rankError = try fields.decode(Int.self, forKey: .rankError)
        try check(values.count == counts.count, .counts, "must be one for each value")
        try check(counts.allSatisfy { $0 > 0 }, .counts, "must be 1 or more")
        try check(sane.contains(rankError), .rankError, "is no number of rows")
        try check(
            zip(values, values.dropFirst()).allSatisfy { $0 < $1 },
            .values,
            "must rise"
        )
        self.init(
            name: name,
            spread: .numbers(
                OrderedSample(rising: values, counts: counts, rankError: rankError),
                missing: missing,
                areWhole: try fields.decode(Bool.self, forKey: .whole)
            ),
            chance: chance
        )
    }

    /// Writes numbers as `values` and `counts`, levels as `levels` and `counts`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(missing, forKey: .missing)
        try fields.encode(chance, forKey: .chance)
        switch spread {
        case .numbers(let sample, _, let areWhole):
            try fields.encode(sample?.distinct ?? [], forKey: .values)
            try fields.encode(sample?.counts ?? [], forKey: .counts)
            try fields.encode(sample?.rankError ?? 0, forKey: .rankError)
            try fields.encode(areWhole, forKey: .whole)
        case .levels(let levels, let counts):
            try fields.encode(levels, forKey: .levels)
            try fields.encode(counts.listed, forKey: .counts)
            try fields.encode(counts.unseen, forKey: .unseen)
        }
    }

    /// Products of two such numbers still fit an integer.
    private static let mostRows = 1_000_000_000
}

extension OrderedSample {
    /// Nil where there are no values.
    fileprivate init?(rising values: [Double], counts: [Int], rankError: Int) {
        guard !values.isEmpty else { return nil }
        var ranks: [Int] = []
        var rank = 0
        for count in counts {
            rank += count
            ranks.append(rank)
        }
        self.init(distinct: values, ranks: ranks, rankError: rankError)
    }
}
