import Campaign
import Evaluation
import TestSupport
import Testing

@Suite struct KnownWorthTests {
    let known: KnownWorth

    init() throws { known = try fixture("worth", as: KnownWorth.self, in: .module) }

    @Test func `two proportions are those of statsmodels and SciPy`() throws {
        for known in known.twoProportions {
            let rates = TwoRates(
                contactedLeft: known.counts[0],
                contacted: known.counts[1],
                heldOutLeft: known.counts[2],
                heldOut: known.counts[3]
            )
            let interval = try #require(rates.interval)
            #expect(isClose(interval.low, known.newcombe[0], within: 1e-14), "\(rates)")
            #expect(isClose(interval.high, known.newcombe[1], within: 1e-14), "\(rates)")
            #expect(isClose(ExactTest.fisher(rates), known.fisher), "\(rates)")
            let test = try #require(ExactTest(contactedLeaveLessOf: rates))
            #expect(test.name == .boschloo)
            // SciPy looks for the largest chance on a grid of its own.
            #expect(isClose(test.pValue, known.boschloo, within: 1e-7), "\(rates) \(test)")
            #expect(test.pValue <= known.fisher + 1e-12)
        }
    }

    @Test func `differences with the score are those of NumPy and statsmodels`() throws {
        let rows = zip(zip(known.arm, known.score), known.left).map {
            AdjustedEffect.Row(contacted: $0.0 == 1, score: $0.1, outcome: Double($1))
        }
        let found = try #require(AdjustedEffect(rows))
        let pairs = [
            (found.plain, known.adjusted.plain), (found.cuped, known.adjusted.cuped),
            (found.lin, known.adjusted.lin),
        ]
        for (estimate, known) in pairs {
            #expect(isClose(estimate.difference, known[0]))
            #expect(isClose(estimate.standardError, known[1]))
        }
        var sequence = ConfidenceSequence(rho: 1)
        for row in rows { sequence.add(value(row, share: known.adjusted.share)) }
        #expect(isClose(sequence.mean, known.adjusted.aipw))
    }

    @Test func `the confidence sequence is that of its formula`() {
        let known = known.sequence
        var sequence = ConfidenceSequence(
            narrowestAt: known.narrowest,
            variance: known.variance
        )
        #expect(isClose(sequence.rho, known.rho))
        for (place, arm) in self.known.arm.enumerated() {
            let row = AdjustedEffect.Row(
                contacted: arm == 1,
                score: self.known.score[place],
                outcome: Double(self.known.left[place])
            )
            sequence.add(value(row, share: known.share))
            guard let at = known.at.first(where: { Int($0[0]) == place + 1 }) else { continue }
            #expect(isClose(sequence.mean, at[1]))
            #expect(isClose(sequence.halfWidth, at[2], within: 1e-11))
        }
        #expect(sequence.customers == 60)
        #expect(sequence.interval == nil, "60 customers are too few for it")
    }

    @Test func `randomisation evidence is that of SciPy's hypergeometric distribution`() {
        let known = known.randomisation
        let blocks = known.blocks.map {
            BlockCounts(contactedLeft: $0[0], left: $0[1], customers: $0[2], heldOut: $0[3])
        }
        let evidence = RandomisationEvidence(blocks)
        #expect(evidence.path.count == known.works.count)
        for (point, (works, harms)) in zip(evidence.path, zip(known.works, known.harms)) {
            #expect(isClose(point.works, works, within: 1e-11))
            #expect(isClose(point.harms, harms, within: 1e-11))
        }
    }

    @Test func `plug-in evidence is that of SciPy's binomial distribution`() {
        let known = known.plugin
        var blocks = PluginEvidence()
        for (place, value) in known.path.enumerated() {
            let (contacted, alone) = (known.contacted[place], known.alone[place])
            blocks.add(
                BlockCounts(
                    contactedLeft: contacted,
                    left: contacted + alone,
                    customers: 5,
                    heldOut: 1
                )
            )
            #expect(isClose(blocks.value, value, within: 1e-11))
        }
        var single = PluginEvidence()
        for (place, value) in known.single.enumerated() {
            single.add(
                contacted: known.arms[place] == 1,
                hasLeft: known.left[place] == 1,
                share: known.share
            )
            #expect(isClose(single.value, value, within: 1e-11))
        }
    }

    @Test func `the curve is scikit-uplift's, and causalml's where no scores tie`() {
        let rows = zip(zip(known.score, known.arm), known.left).map {
            (score: $0.0, contacted: $0.1 == 1, left: $1 == 1)
        }
        let points = SavedCurve.points(rows)
        let places = known.uplift.places.dropFirst()
        #expect(points.map(\.customers) == Array(places))
        for (place, point) in points.enumerated() where point.contacted < point.customers {
            #expect(isClose(point.saved, known.uplift.uplift[place + 1]))
            let qini = point.saved * Double(point.contacted) / Double(point.customers)
            #expect(isClose(qini, known.uplift.qini[place + 1]))
        }
        let distinct = zip(known.uplift.distinct, rows).map {
            (score: $0, contacted: $1.contacted, left: $1.left)
        }
        let single = SavedCurve.points(distinct)
        #expect(single.count == 60)
        for point in single where point.contacted < point.customers {
            #expect(isClose(point.saved, known.uplift.causalml[point.customers]))
        }
    }

    private func value(_ row: AdjustedEffect.Row, share: Double) -> Double {
        ConfidenceSequence.value(
            contacted: row.contacted,
            share: share,
            outcome: row.outcome,
            expected: row.score
        )
    }
}
