import Drift
import TestSupport
import Testing

private struct Known: Decodable {
    struct Correction: Decodable {
        var p: [Double]
        var adjusted: [Double]
    }

    var proportions: [[Double]]
    var corrections: [Correction]
}

@Suite struct RateTests {
    @Test func `proportions agree with SciPy`() throws {
        for row in try fixture("rates", as: Known.self, in: .module).proportions {
            let counts = row.prefix(4).map { Int($0) }
            func chance(_ method: ProportionTest.Method) throws -> ProportionTest {
                try ProportionTest(
                    referenceHits: counts[0],
                    referenceRows: counts[1],
                    currentHits: counts[2],
                    currentRows: counts[3],
                    method: method
                )
            }
            let fisher = try chance(.fisher)
            #expect(agrees(fisher.pValue, row[4]), "\(row): \(fisher.pValue)")
            let ratio = try chance(.likelihoodRatio)
            #expect(agrees(ratio.pValue, row[5]), "\(row): \(ratio.pValue)")
            let automatic = try chance(.automatic)
            #expect(automatic == fisher || automatic == ratio)
            #expect(automatic.referenceRate == row[0] / row[1])
            #expect(automatic.currentRate == row[2] / row[3])
        }
    }

    @Test func `few hits ask for Fisher's test`() throws {
        func method(_ hits: Int) throws -> ProportionTest.Method {
            try ProportionTest(
                referenceHits: hits,
                referenceRows: 1_000,
                currentHits: hits,
                currentRows: 1_000
            ).method
        }
        #expect(try method(4) == .fisher)
        #expect(try method(5) == .likelihoodRatio)
        #expect(try method(996) == .fisher)
    }

    @Test func `corrected p-values agree with SciPy`() throws {
        for known in try fixture("rates", as: Known.self, in: .module).corrections {
            let corrected = try BenjaminiHochberg(known.p)
            for (a, b) in zip(corrected.adjusted, known.adjusted) { #expect(agrees(a, b)) }
            let turned = try BenjaminiHochberg(known.p.reversed())
            #expect(turned.adjusted.reversed() == corrected.adjusted)
        }
        #expect(try BenjaminiHochberg([]).adjusted.isEmpty)
        #expect(
            try BenjaminiHochberg([0.01, 0.5, 0.02]).discoveries(rate: 0.05) == [true, false, true]
        )
    }

    @Test func `bad rates are refused with a reason`() {
        #expect(throws: DriftError.badPValue(place: 1, value: 1.5)) {
            try BenjaminiHochberg([0.5, 1.5])
        }
        #expect(throws: DriftError.self) { try BenjaminiHochberg([.nan]) }
        #expect(throws: DriftError.badHits(.current, hits: 3, trials: 2)) {
            try ProportionTest(
                referenceHits: 0,
                referenceRows: 1,
                currentHits: 3,
                currentRows: 2
            )
        }
        #expect(throws: DriftError.emptySample(.reference)) {
            try ProportionTest(
                referenceHits: 0,
                referenceRows: 0,
                currentHits: 1,
                currentRows: 2
            )
        }
    }

    @Test(arguments: [
        DriftError.emptySample(.reference), .notANumber(.current, row: 3),
        .infinite(.current, row: 3), .lengthsDiffer(reference: 2, current: 3),
        .negativeCount(.current, place: 3, count: -1), .badHits(.current, hits: 3, trials: 2),
        .tooLargeForExact(rows: 3, limit: 2), .badBinCount(3), .badPValue(place: 3, value: 3),
    ])
    func `messages are one line and say how to go on`(_ error: DriftError) {
        let text = error.description
        #expect(text.hasPrefix("drift: "))
        #expect(text.contains("3") || text.contains("reference"))
        #expect(!text.contains("\n"))
    }
}
