import Drift
import Evaluation
import Tabular
import Testing

@Suite struct RowVerdictTests {
    private func compare(_ old: Table, _ new: Table) throws -> RowVerdict {
        let schema = NormalColumns.schema
        return try #require(
            RowVerdict(reference: old.sample(schema), current: new.sample(schema))
        )
    }

    @Test(arguments: [300, 3_000])
    func `rows that have not changed hardly ever raise an alarm`(rows: Int) throws {
        let bank = try Bank()
        var (alarms, small, outside) = (0, 0, 0)
        for seed in 0 ..< 40 as Range<UInt64> {
            let verdict = try #require(
                RowVerdict(
                    reference: bank.table(0 ..< 3_000, seed: seed).sample(bank.schema),
                    current: bank.table(0 ..< rows, seed: 1_000 + seed).sample(bank.schema)
                )
            )
            alarms += verdict.hasDrifted ? 1 : 0
            small += verdict.pValue <= 0.05 ? 1 : 0
            outside += verdict.interval.low > 0.5 || verdict.interval.high < 0.5 ? 1 : 0
            #expect(verdict.hasDrifted || verdict.columns.isEmpty)
        }
        // Of 40, a thousandth alarms; a twentieth has a small p-value, or an interval that misses.
        #expect(alarms == 0)
        #expect(small <= 6, "\(small)")
        #expect(outside <= 6, "\(outside)")
    }

    @Test func `two columns that go together otherwise are seen in rows and in no column`() throws {
        let old = NormalColumns.table(rows: 10_000, seed: 1, correlation: 0.6)
        let new = NormalColumns.table(rows: 3_000, seed: 2, correlation: -0.6)
        let rows = try compare(old, new)
        #expect(rows.hasDrifted && rows.area > 0.75 && rows.interval.low > 0.75)
        #expect(Set(rows.columns.prefix(2).map(\.name)) == ["one", "two"])
        #expect(rows.columns[1].importance > 0.2)
        #expect(abs(rows.columns[2].importance) < 0.02)
        #expect(rows.referenceRows == 5_000 && rows.currentRows == 1_500)
        let reference = DriftReference(old.profile(NormalColumns.schema))
        let profile = new.profile(NormalColumns.schema)
        let verdict = try DriftVerdict(reference: reference, current: profile, rows: rows)
        #expect(verdict.hasDrifted && verdict.drifted.isEmpty)
        // Columns are judged as if there were no rows.
        let alone = try DriftVerdict(reference: reference, current: profile)
        #expect(!alone.hasDrifted && alone.columns == verdict.columns)
    }

    @Test func `a column that has moved is named first`() throws {
        let old = NormalColumns.table(rows: 5_000, seed: 3)
        let moved = NormalColumns.table(rows: 5_000, seed: 4) { $0 == 3 ? $2 + 0.4 : $2 }
        let verdict = try compare(old, moved)
        #expect(verdict.hasDrifted && verdict.columns[0].name == "four")
        // Φ(0.4 / √2) is the best that there is.
        #expect(verdict.area > 0.57 && verdict.area < 0.65)
        // Where t of the customers have moved, as a threshold on the column shows, no more is claimed.
        #expect(verdict.effect > 0.08 && verdict.effect < 0.16)
    }

    @Test func `empty fields are seen`() throws {
        let old = NormalColumns.table(rows: 4_000, seed: 5) { $0 == 2 && $1 % 20 == 0 ? .nan : $2 }
        let new = NormalColumns.table(rows: 4_000, seed: 6) { $0 == 2 && $1 % 4 == 0 ? .nan : $2 }
        let verdict = try compare(old, new)
        #expect(verdict.hasDrifted && verdict.columns[0].name == "three")
    }

    @Test func `levels, unlisted and missing ones too, are told apart`() throws {
        let old = SmallTable.table(rows: 4_000, seed: 7)
        for code in [-2, -1, 2] as [Int32] {
            let new = SmallTable.table(rows: 4_000, seed: 8, code: { $0 % 5 == 0 ? code : $1 })
            let verdict = try #require(
                RowVerdict(
                    reference: old.sample(SmallTable.schema),
                    current: new.sample(SmallTable.schema)
                )
            )
            #expect(verdict.hasDrifted && verdict.columns[0].name == "colour", "\(code)")
        }
    }

    @Test func `any values are taken, and none tells nothing`() throws {
        func strange(_ seed: UInt64) -> Table {
            NormalColumns.table(rows: 1_000, seed: seed) { column, row, value in
                let ends = [1e300, .infinity, -.infinity, 1e-300]
                return [ends[row % 4], .infinity, 7, .nan, value, 0][column]
            }
        }
        let (old, new) = (strange(9), strange(10))
        let verdict = try compare(old, new)
        #expect(!verdict.hasDrifted && verdict.area > 0.4 && verdict.area < 0.6)
        let constant = NormalColumns.table(rows: 1_000, seed: 1) { _, _, _ in 7 }
        let same = try compare(constant, constant)
        #expect(same.area == 0.5 && same.pValue == 1 && same.effect == 0 && !same.hasDrifted)
    }

    @Test func `a file does not differ from itself`() throws {
        let file = NormalColumns.table(rows: 3_000, seed: 11)
        let verdict = try compare(file, file)
        // The same rows are held out of both, and score the same.
        #expect(verdict.area == 0.5 && !verdict.hasDrifted)
    }

    @Test func `the same rows give the same bits, and another seed others`() throws {
        let old = NormalColumns.table(rows: 1_000, seed: 12).sample(NormalColumns.schema)
        let new = NormalColumns.table(rows: 1_000, seed: 13) { $0 == 0 ? $2 + 1 : $2 }
            .sample(NormalColumns.schema)
        let one = try #require(RowVerdict(reference: old, current: new))
        #expect(one.hasDrifted)
        #expect(RowVerdict(reference: old, current: new) == one)
        #expect(RowVerdict(reference: old, current: new, seed: 1) != one)
    }

    @Test func `too few rows are not compared`() {
        let few = NormalColumns.table(rows: 199, seed: 14).sample(NormalColumns.schema)
        let many = NormalColumns.table(rows: 200, seed: 15).sample(NormalColumns.schema)
        #expect(RowVerdict(reference: few, current: many) == nil)
        #expect(RowVerdict(reference: many, current: few) == nil)
        #expect(RowVerdict(reference: many, current: many) != nil)
    }

    @Test func `certain and small is no drift`() throws {
        let old = NormalColumns.table(rows: 10_000, seed: 16)
        let new = NormalColumns.table(rows: 10_000, seed: 17) { $0 == 0 ? $2 + 0.25 : $2 }
        let schema = NormalColumns.schema
        let (one, other) = (old.sample(schema), new.sample(schema))
        let usual = try #require(RowVerdict(reference: one, current: other))
        #expect(usual.hasDrifted && usual.threshold == DriftVerdict.usualFloor)
        let lax = try #require(RowVerdict(reference: one, current: other, floor: 0.2))
        #expect(!lax.hasDrifted && lax.threshold == 0.2 && lax.area == usual.area)
    }
}
