import Simulation
import Testing

@Suite struct CampaignPlayTests {
    private let simulator = BankSimulator(seed: 9)

    private func play(
        keeps: Double = 0.3,
        disturbs: Double = 0.1,
        contaminated: Double = 0
    ) -> CampaignPlay {
        CampaignPlay(
            simulator: simulator,
            options: .init(
                effect: TreatmentEffect(keeps: keeps, disturbs: disturbs),
                contaminated: contaminated
            )
        )
    }

    @Test func `who is left alone does what the file says`() {
        for row in 0 ..< 2_000 {
            let outcome = play().outcome(row: row, isHeldOut: true, place: 0, day: 90)
            #expect(outcome.left == simulator.leaves(row: row))
            #expect(!outcome.contacted && outcome.offerTaken == nil && outcome.cost == 0)
            #expect(outcome.kind.leavesAlone == outcome.left)
        }
    }

    @Test func `the target of the file is that of the row`() throws {
        let text = String(decoding: simulator.csv(rows: 0 ..< 300), as: UTF8.self)
        let place = try #require(simulator.columns.firstIndex(of: BankSimulator.target))
        for (row, line) in text.split(separator: "\n").enumerated() {
            #expect((line.split(separator: ",")[place] == "1") == simulator.leaves(row: row))
        }
    }

    @Test func `contacting keeps and disturbs the shares that were asked for`() {
        let outcomes = (0 ..< 20_000).map {
            play().outcome(row: $0, isHeldOut: false, place: 0.5, day: 90)
        }
        let leavers = outcomes.filter(\.kind.leavesAlone)
        let stayers = outcomes.filter { !$0.kind.leavesAlone }
        func share(_ kind: TreatmentKind, of outcomes: [CampaignPlay.Outcome]) -> Double {
            Double(outcomes.count { $0.kind == kind }) / Double(outcomes.count)
        }
        #expect(abs(share(.persuadable, of: leavers) - 0.3) < 0.03)
        #expect(abs(share(.doNotDisturb, of: stayers) - 0.1) < 0.01)
        #expect(outcomes.allSatisfy { $0.left == $0.kind.leavesContacted && $0.contacted })
        #expect(outcomes.allSatisfy { $0.cost == ($0.offerTaken == true ? 11 : 1) })
    }

    @Test func `contacts and outcomes come in day by day, and none is taken back`() {
        for row in 0 ..< 300 {
            let place = Double(row) / 300
            var before = play().outcome(row: row, isHeldOut: false, place: place, day: 0)
            for day in 1 ... 95 {
                let now = play().outcome(row: row, isHeldOut: false, place: place, day: day)
                if before.contacted { #expect(now.contacted) }
                if let left = before.left { #expect(now.left == left) }
                if day == 13 { #expect(now.contacted) }
                if day <= 14 { #expect(now.left == nil, "nobody leaves before all are contacted") }
                if let leaving = now.leavingDay { #expect((15 ... 90).contains(leaving)) }
                if day >= 90 { #expect(now.left != nil) }
                before = now
            }
        }
    }

    @Test func `some of the held-out are contacted where that is asked for`() {
        let outcomes = (0 ..< 5_000).map {
            play(contaminated: 0.1).outcome(row: $0, isHeldOut: true, place: 0, day: 90)
        }
        let contacted = outcomes.filter(\.contacted)
        #expect((400 ... 600).contains(contacted.count))
        #expect(contacted.allSatisfy { $0.left == $0.kind.leavesContacted })
    }

    @Test func `customers are found by their identifiers, strangers are not`() {
        let text = String(decoding: simulator.csv(rows: 0 ..< 50), as: UTF8.self)
        let names = text.split(separator: "\n").map { String($0.split(separator: ",")[1]) }
        let found = simulator.rows(of: names + ["1", "nobody"], among: 50)
        #expect(found.count == 50 && names.indices.allSatisfy { found[names[$0]] == $0 })
        #expect(simulator.rows(of: names, among: 10).count == 10)
    }

    @Test(arguments: [0.0, 1.0])
    func `an effect of nothing or of all has two kinds`(keeps: Double) {
        let effect = TreatmentEffect(keeps: keeps)
        for lot in [0, 0.5, 0.999] {
            #expect(
                effect.kind(leavesAlone: true, lot: lot) == (keeps == 1 ? .persuadable : .lostCause)
            )
            #expect(effect.kind(leavesAlone: false, lot: lot) == .sureThing)
        }
    }
}
