import Drift
import Foundation
import Testing

@Suite struct SequentialDriftTests {
    private static let settings = SequentialDrift.Settings()

    /// The rows after which each column was called drifted first.
    private static func delays(
        _ bank: inout LiveBank,
        _ drift: inout SequentialDrift,
        _ shift: LiveBank.Shift,
        rows: Int = 3_000,
        perLook: Int = 100
    ) throws -> [String: Int] {
        var delays: [String: Int] = [:]
        for look in 1 ... rows / perLook {
            for change in try drift.look(bank.traffic(perLook, shift))
            where change.verdict.isDrifted {
                delays[change.verdict.column] = look * perLook
            }
        }
        return delays
    }

    @Test(
        arguments: [0, 30, 400],
        [1, 2, 3] as [UInt64]
    )
    func `a shift is found within one window, on its column alone, whenever it comes`(
        quietLooks: Int,
        seed: UInt64
    ) throws {
        let shifts: [(String, LiveBank.Shift)] = [
            ("Age", .init(years: 2.5)), ("Balance", .init(balanceFactor: 1.8)),
            ("Country", .init(unseenShare: 0.1)),
        ]
        for (column, shift) in shifts {
            var bank = try LiveBank(reference: 7_000, leastEffect: 0.05, seed: seed)
            var drift = try SequentialDrift(bank.columns, settings: Self.settings, seed: seed)
            for _ in 0 ..< quietLooks { #expect(try drift.look(bank.traffic(100)).isEmpty) }
            let delays = try Self.delays(&bank, &drift, shift)
            #expect(delays.keys.sorted() == [column])
            let alarm = try #require(drift.verdicts.first { $0.column == column }?.alarm)
            #expect(abs(alarm.onset - quietLooks) <= 12, "\(alarm)")
            #expect(alarm.evidence >= drift.evidenceNeeded)
        }
    }

    /// Years would take minutes; a short horizon and a high rate test the same bound, and
    /// `make drift-study` the years.
    ///
    /// Of several services one looks, at the sums of what all of them counted.
    @Test(arguments: [1, 4])
    func `false alarms stay under their rate over all looks, whatever the effect`(
        services: Int
    ) throws {
        var alarms = 0
        for seed in 0 ..< 100 as Range<UInt64> {
            var bank = try LiveBank(reference: 300, leastEffect: 0, seed: seed)
            let settings = SequentialDrift.Settings(falseAlarms: 0.5, horizon: 300)
            var drift = try SequentialDrift(bank.columns, settings: settings, seed: seed)
            for _ in 0 ..< 300 {
                let parts = try (0 ..< services).map { _ in try bank.traffic(20 / services) }
                let union = parts.dropFirst().reduce(parts[0]) { sums, part in
                    zip(sums, part).map { zip($0, $1).map(+) }
                }
                guard try drift.look(union).isEmpty else {
                    alarms += 1
                    break
                }
            }
        }
        #expect(alarms < 40)
    }

    @Test func `without an effect there is no drift, however many rows say that something moved`()
        throws
    {
        var bank = try LiveBank(reference: 7_000, leastEffect: 0.05, seed: 5)
        var drift = try SequentialDrift(bank.columns, settings: Self.settings, seed: 5)
        let slight = LiveBank.Shift(years: 0.5, balanceFactor: 1.01)
        for shift in [.none, .none, .none, slight] {
            #expect(try drift.look(bank.traffic(50_000, shift)).isEmpty)
        }
        let age = drift.verdicts[0]
        #expect(age.evidence > age.evidenceNeeded)
        #expect(age.effect < 0.05 && !age.isDrifted)
    }

    @Test func `a verdict changes once, and back once when a window supports it no more`() throws {
        var bank = try LiveBank(reference: 7_000, leastEffect: 0.05, seed: 6)
        var drift = try SequentialDrift(bank.columns, settings: Self.settings, seed: 6)
        var changes: [SequentialDrift.Change] = []
        let older = LiveBank.Shift(years: 4)
        for shift in [.none, older, older, older, .none, .none, .none, older] {
            for _ in 0 ..< 30 { changes += try drift.look(bank.traffic(100, shift)) }
        }
        #expect(changes.map(\.verdict.column) == ["Age", "Age", "Age"])
        #expect(changes.map(\.verdict.isDrifted) == [true, false, true])
        let looks = changes.map(\.look)
        #expect((31 ... 60).contains(looks[0]))
        // At the earliest a window after the shift has gone, at the latest two.
        #expect((150 ... 180).contains(looks[1]), "\(looks)")
        #expect(looks[2] > 210, "\(looks)")
        #expect(drift.isDrifted)
    }

    @Test func `an effect that sways about the limit does not turn the verdict on and off`() throws
    {
        var bank = try LiveBank(reference: 7_000, leastEffect: 0.05, seed: 7)
        var drift = try SequentialDrift(bank.columns, settings: Self.settings, seed: 7)
        var changes = 0
        for hour in 0 ..< 900 {
            let shift = LiveBank.Shift(years: hour / 30 % 2 == 0 ? 2 : 0.6)
            changes += try drift.look(bank.traffic(100, shift)).count
        }
        #expect((1 ... 3).contains(changes), "\(changes)")
    }

    @Test func `a state that was written and read goes on as if nothing had happened`() throws {
        var bank = try LiveBank(reference: 2_000, leastEffect: 0.05, seed: 8)
        var drift = try SequentialDrift(bank.columns, settings: Self.settings, seed: 8)
        var restarted = drift
        for look in 0 ..< 90 {
            let traffic = try bank.traffic(look * 7 % 150, look < 40 ? .none : .init(years: 5))
            let changes = try drift.look(traffic)
            restarted = try JSONDecoder().decode(
                SequentialDrift.self,
                from: JSONEncoder().encode(restarted)
            )
            #expect(try restarted.look(traffic) == changes)
        }
        #expect(restarted == drift)
        #expect(restarted.verdicts == drift.verdicts)
        #expect(drift.isDrifted)
    }

    @Test func `the state does not grow with time, not even where looks are empty`() throws {
        var bank = try LiveBank(reference: 2_000, leastEffect: 0.05, seed: 9)
        var drift = try SequentialDrift(
            bank.columns,
            settings: .init(window: .init(rows: 300, looks: 24)),
            seed: 9
        )
        func size() throws -> Int { try JSONEncoder().encode(drift).count }
        for look in 0 ..< 400 { _ = try drift.look(bank.traffic(look % 2 * 20)) }
        let before = try size()
        for look in 0 ..< 2_000 { _ = try drift.look(bank.traffic(look % 2 * 20)) }
        #expect(try size() < before + 500)
        #expect(drift.looks == 2_400)
    }

    @Test func `traffic without rows says nothing`() throws {
        var bank = try LiveBank(reference: 50, leastEffect: 0, seed: 10)
        var drift = try SequentialDrift(bank.columns, seed: 10)
        #expect(drift.verdicts.allSatisfy { $0.effect == 0 && $0.evidence == 0 && $0.rows == 0 })
        for _ in 0 ..< 50 { #expect(try drift.look(bank.traffic(0)).isEmpty) }
        #expect(drift.verdicts.allSatisfy { $0.effect == 0 && !$0.isDrifted && $0.rows == 0 })
    }

    @Test func `the window is the newest traffic that has its rows and its looks`() throws {
        let column = SequentialDrift.Column(name: "a", reference: [50, 50], leastEffect: 0.9)
        var drift = try SequentialDrift(
            [column],
            settings: .init(window: .init(rows: 80, looks: 2)),
            seed: 1
        )
        _ = try drift.look([[100, 0]])
        #expect(drift.verdicts[0].rows == 100 && drift.verdicts[0].effect == 0.5)
        _ = try drift.look([[0, 100]])
        #expect(drift.verdicts[0].rows == 200 && drift.verdicts[0].effect == 0)
        _ = try drift.look([[0, 100]])
        #expect(drift.verdicts[0].rows == 200 && drift.verdicts[0].effect == 0.5)
    }
}
