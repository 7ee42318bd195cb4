import Drift
import Schema
import Tabular
import Testing

@Suite struct DriftVerdictTests {
    private func verdict(
        _ current: DriftProfile,
        referenceRows: Int = 10_000,
        rate: Double = DriftVerdict.usualRate
    ) throws -> DriftVerdict {
        let reference = SmallTable.profile(SmallTable.table(rows: referenceRows, seed: 1))
        return try DriftVerdict(
            reference: DriftReference(reference),
            current: current,
            rate: rate
        )
    }

    private func test(
        _ verdict: DriftVerdict,
        _ column: String,
        _ kind: DriftTest.Kind
    ) throws
        -> DriftTest
    {
        let column = try #require(verdict.columns.first { $0.name == column })
        return try #require(column.tests.first { $0.kind == kind })
    }

    @Test(arguments: [300, 3_000, 100_000])
    func `customers who have not changed raise no alarm`(rows: Int) throws {
        let current = SmallTable.table(rows: rows, seed: 2)
        let verdict = try verdict(SmallTable.profile(current))
        #expect(!verdict.hasDrifted && verdict.drifted.isEmpty)
        #expect(verdict.columns.allSatisfy { $0.tests.map(\.kind) == [.distribution] })
        #expect(verdict.currentRows == rows && verdict.referenceRows == 10_000)
    }

    @Test func `a million rows do not alarm on nothing`() throws {
        // Every hundredth: certain at this size, and of no weight.
        let moved = SmallTable.table(rows: 1_000_000, seed: 2, size: { $0 % 100 == 0 ? 2 : $1 })
        let reference = DriftReference(
            SmallTable.profile(SmallTable.table(rows: 1_000_000, seed: 1))
        )
        let verdict = try DriftVerdict(reference: reference, current: SmallTable.profile(moved))
        let test = try test(verdict, "size", .distribution)
        #expect(test.adjustedPValue < 1e-12)
        #expect(test.effect > 0.009 && test.effect < test.threshold)
        #expect(test.threshold == DriftVerdict.usualFloor)
        #expect(!verdict.hasDrifted)
        let strict = try DriftVerdict(
            reference: reference,
            current: SmallTable.profile(moved),
            floor: 0.005
        )
        #expect(strict.drifted.map(\.name) == ["size"])
    }

    @Test func `the worst column comes first`() throws {
        let current = SmallTable.table(
            rows: 3_000,
            seed: 2,
            size: { $1 + ($0 % 2 == 0 ? 0.2 : 0) },
            code: { $0 % 2 == 0 ? 2 : $1 }
        )
        let verdict = try verdict(SmallTable.profile(current))
        #expect(verdict.columns.map(\.name) == ["colour", "size"])
        #expect(verdict.drifted.count == 2)
        let colour = try test(verdict, "colour", .distribution)
        // Half of the rows get red, a third of which had it.
        #expect(abs(colour.effect - 1.0 / 3) < 0.03)
        let size = try test(verdict, "size", .distribution)
        #expect(abs(size.effect - 0.1) < 0.03)
        #expect(verdict.columns[0].distances.wasserstein == nil)
        #expect(abs((verdict.columns[1].distances.wasserstein ?? 0) - 0.1) < 0.02)
        let means = try #require(verdict.columns[1].means)
        #expect(abs(means.current - means.reference - 0.1) < 0.02)
    }

    @Test func `empty fields and unlisted levels alarm by themselves`() throws {
        let current = SmallTable.table(
            rows: 3_000,
            seed: 2,
            size: { $0 % 20 == 0 ? .nan : $1 },
            code: { $0 % 25 == 0 ? -2 : $0 % 12 == 1 ? -1 : $1 }
        )
        let verdict = try verdict(SmallTable.profile(current))
        let size = try test(verdict, "size", .missing)
        #expect(size.hasDrifted && size.currentRate == 0.05 && size.referenceRate == 0)
        #expect(try !test(verdict, "size", .distribution).hasDrifted)
        let unseen = try test(verdict, "colour", .unseen)
        #expect(unseen.hasDrifted && abs((unseen.currentRate ?? 0) - 0.04) < 0.01)
        #expect(try test(verdict, "colour", .missing).hasDrifted)
        #expect(verdict.drifted.map(\.name) == ["colour", "size"])
    }

    @Test func `a column without values is judged by that`() throws {
        let current = SmallTable.table(
            rows: 500,
            seed: 2,
            size: { _, _ in .nan },
            code: { _, _ in -1 }
        )
        let verdict = try verdict(SmallTable.profile(current))
        #expect(verdict.columns.allSatisfy { $0.tests.map(\.kind) == [.missing] })
        #expect(verdict.drifted.count == 2)
        #expect(verdict.columns.allSatisfy { $0.worst?.effect == 1 && $0.means == nil })
    }

    @Test func `a constant that stays is no drift, and one that moves is`() throws {
        let same = SmallTable.table(
            [Double](repeating: 7, count: 400),
            .init(repeating: 1, count: 400)
        )
        let reference = DriftReference(SmallTable.profile(same))
        let stayed = try DriftVerdict(reference: reference, current: SmallTable.profile(same))
        #expect(!stayed.hasDrifted)
        #expect(stayed.columns.allSatisfy { $0.tests[0].effect == 0 })
        let moved = SmallTable.table(
            [Double](repeating: 6, count: 40),
            .init(repeating: 0, count: 40)
        )
        let alarm = try DriftVerdict(reference: reference, current: SmallTable.profile(moved))
        #expect(alarm.drifted.count == 2)
        #expect(alarm.columns.allSatisfy { $0.tests[0].effect == 1 })
    }

    @Test func `the score is tested beside the columns`() throws {
        let table = SmallTable.table(rows: 4_000, seed: 1)
        let scores = (0 ..< 4_000).map { Float($0 % 100) / 100 }
        let reference = DriftReference(SmallTable.profile(table, scores: scores))
        let current = SmallTable.profile(
            SmallTable.table(rows: 2_000, seed: 3),
            scores: scores.prefix(2_000).map { $0 * 0.8 }
        )
        let verdict = try DriftVerdict(reference: reference, current: current)
        #expect(verdict.hasDrifted && verdict.drifted.isEmpty)
        #expect(verdict.score?.hasDrifted == true)
        #expect(abs((verdict.score?.tests[0].effect ?? 0) - 0.2) < 0.02)
        let without = try DriftVerdict(
            reference: reference,
            current: SmallTable.profile(SmallTable.table(rows: 2_000, seed: 3))
        )
        #expect(without.score == nil && !without.hasDrifted)
    }

    @Test func `p-values are corrected for all tests`() throws {
        let current = SmallTable.table(rows: 2_000, seed: 7, size: { $0 % 40 == 0 ? .nan : $1 })
        let verdict = try verdict(SmallTable.profile(current))
        let tests = verdict.columns.flatMap(\.tests)
        #expect(tests.count == 3)
        let corrected = try BenjaminiHochberg(tests.map(\.pValue)).adjusted
        #expect(tests.map(\.adjustedPValue) == corrected)
        let lenient = try self.verdict(SmallTable.profile(current), rate: 0)
        #expect(!lenient.hasDrifted)
    }

    @Test func `what can't be compared is refused with a reason`() throws {
        let reference = DriftReference(SmallTable.profile(SmallTable.table(rows: 100, seed: 1)))
        func refusal(_ current: DriftProfile) -> DriftError? {
            #expect(throws: DriftError.self) {
                try DriftVerdict(reference: reference, current: current)
            }
        }
        #expect(
            refusal(DriftProfile(SmallTable.schema)) == .emptySample(.current)
        )
        var other = SmallTable.schema
        other.columns[0].name = "length"
        var renamed = DriftProfile(other)
        let table = SmallTable.table(rows: 10, seed: 1)
        renamed.add(
            Table([("length", table.columns[0]), ("colour", table.columns[1])], rowCount: 10)
        )
        let names = refusal(renamed)
        #expect(names?.description.contains("\"length\", \"colour\"") == true)
        other = SmallTable.schema
        other.columns[1].type = .levels(["blue", "green", "pink"])
        var relevelled = DriftProfile(other)
        relevelled.add(table)
        #expect(refusal(relevelled) == .typesDiffer(column: "colour"))
    }
}
