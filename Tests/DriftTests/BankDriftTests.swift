import Drift
import Tabular
import Testing

/// The promises on the simulated bank; `make drift-study` measures the rates themselves.
@Suite struct BankDriftTests {
    @Test(arguments: [300, 3_000])
    func `customers who have not changed hardly ever raise an alarm`(rows: Int) throws {
        let bank = try Bank()
        var alarms = 0
        for seed in 0 ..< 10 as Range<UInt64> {
            let reference = try bank.reference(seed: seed)
            for draw in 1 ... 4 as ClosedRange<UInt64> {
                let current = try bank.profile(rows: rows, seed: 1_000 * draw + seed)
                let verdict = try DriftVerdict(reference: reference, current: current)
                alarms += verdict.hasDrifted ? 1 : 0
            }
        }
        // 1 % would be 0.4 of 40.
        #expect(alarms <= 2)
    }

    @Test func `older and richer customers alarm on exactly these columns`() throws {
        let bank = try Bank()
        let reference = try bank.reference(seed: 42)
        for seed in 1 ... 12 as ClosedRange<UInt64> {
            let current = try bank.profile(
                rows: 3_000,
                seed: 100 + seed,
                shifts: ["Age=+2.5"],
                scales: ["Balance=1.8"]
            )
            let verdict = try DriftVerdict(reference: reference, current: current)
            #expect(verdict.drifted.map(\.name) == ["Balance", "Age"])
            #expect(verdict.columns.count == 13)
        }
    }

    @Test func `batches give one profile, wherever each was counted`() throws {
        let bank = try Bank()
        let whole = try bank.table(0 ..< 6_000, seed: 5)
        var alone = DriftProfile(bank.schema, capacity: 1_024)
        var joined = alone
        for start in stride(from: 0, to: 6_000, by: 700) {
            let rows = Array(start ..< min(start + 700, 6_000))
            alone.add(whole.selecting(rows))
            var part = DriftProfile(bank.schema, capacity: 1_024)
            part.add(whole.selecting(rows))
            joined.merge(part)
        }
        let isSame = alone == joined
        #expect(isSame)
        #expect(alone.rowCount == 6_000)
        // Inexact, and still no alarm against itself.
        var exact = DriftProfile(bank.schema)
        exact.add(whole)
        let verdict = try DriftVerdict(reference: DriftReference(exact), current: alone)
        #expect(verdict.columns.allSatisfy { $0.tests.allSatisfy { $0.effect == 0 } })
    }
}

extension Bank {
    fileprivate func reference(seed: UInt64) throws -> DriftReference {
        DriftReference(
            try profile(rows: 10_000, seed: seed),
            points: DriftReference.pointsInFolder
        )
    }
}
