/// The tests of one column before they are corrected for being many.
struct ColumnComparison {
    struct Test {
        var kind: DriftTest.Kind
        var effect: Double
        var chanceEffect: Double
        var pValue: Double
        var rates: (reference: Double, current: Double)?
    }

    let name: String
    private(set) var tests: [Test] = []
    private(set) var distances = DriftDistances()
    private(set) var means: (reference: Double, current: Double)?

    /// - Throws: Where levels of different number are compared.
    init(_ reference: ReferenceColumn, _ current: ColumnProfile.Spread) throws(DriftError) {
        name = reference.name
        switch (reference.spread, current) {
        case (.numbers(let old, let oldMissing, _), .numbers(let sketch, let missing, _)):
            let new = sketch.sample
            if let old, let new {
                try compare(old, new, reference.chance.distribution)
            }
            let rows = (reference.rowCount, sketch.rowCount + missing)
            try compare(.missing, (oldMissing, missing), of: rows, reference.chance.missing)
        case (.levels(let names, let old), .levels(let newNames, let new)) where names == newNames:
            if old.rows > old.missing, new.rows > new.missing {
                try compare(old, new, reference.chance.distribution)
                let filled = (old.rows - old.missing, new.rows - new.missing)
                try compare(.unseen, (old.unseen, new.unseen), of: filled, reference.chance.unseen)
            }
            let rows = (old.rows, new.rows)
            try compare(.missing, (old.missing, new.missing), of: rows, reference.chance.missing)
        case (.numbers, _), (.levels, _):
            throw .typesDiffer(column: reference.name)
        }
    }

    private mutating func compare(
        _ old: OrderedSample,
        _ new: OrderedSample,
        _ chance: Double
    ) throws(DriftError) {
        let test = try KolmogorovSmirnov(reference: old, current: new)
        tests.append(
            Test(
                kind: .distribution,
                effect: test.certainGap,
                chanceEffect: scaled(chance, old.rowCount, new.rowCount),
                pValue: test.pValue
            )
        )
        means = (old.mean, new.mean)
        guard [old, new].allSatisfy(\.isFinite) else { return }
        distances = DriftDistances(
            stabilityIndex: try PopulationStabilityIndex(reference: old, current: new).value,
            jensenShannon: try JensenShannon(reference: old, current: new).distance,
            wasserstein: try Wasserstein(reference: old, current: new).distance
        )
    }

    private mutating func compare(
        _ old: LevelCounts,
        _ new: LevelCounts,
        _ chance: Double
    ) throws(DriftError) {
        let table = try ContingencyTable(old.levels, new.levels)
        tests.append(
            Test(
                kind: .distribution,
                effect: totalVariation(table.referenceShares, table.currentShares),
                chanceEffect: scaled(chance, old.rows - old.missing, new.rows - new.missing),
                pValue: try ChiSquared(reference: old, current: new).pValue
            )
        )
        distances = DriftDistances(
            stabilityIndex: try PopulationStabilityIndex(reference: old, current: new).value,
            jensenShannon: try JensenShannon(reference: old, current: new).distance
        )
    }

    /// Compares a rate where a row of either sample counts; otherwise nothing can be seen of it.
    private mutating func compare(
        _ kind: DriftTest.Kind,
        _ hits: (reference: Int, current: Int),
        of rows: (reference: Int, current: Int),
        _ chance: Double
    ) throws(DriftError) {
        guard hits.reference + hits.current > 0 else { return }
        let test = try ProportionTest(
            referenceHits: hits.reference,
            referenceRows: rows.reference,
            currentHits: hits.current,
            currentRows: rows.current
        )
        tests.append(
            Test(
                kind: kind,
                effect: abs(test.currentRate - test.referenceRate),
                chanceEffect: scaled(chance, rows.reference, rows.current),
                pValue: test.pValue,
                rates: (test.referenceRate, test.currentRate)
            )
        )
    }

    /// What chance does to the whole reference and a sample of `current` rows, from what it does to
    /// halves: it grows with √(1 / n + 1 / m).
    private func scaled(_ halves: Double, _ reference: Int, _ current: Int) -> Double {
        halves * (1 + Double(reference) / Double(current)).squareRoot() / 2
    }
}

extension OrderedSample {
    fileprivate var isFinite: Bool { distinct[0].isFinite && distinct[distinct.count - 1].isFinite }
}
