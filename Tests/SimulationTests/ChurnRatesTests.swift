import Simulation
import Testing

/// The targets are the rates of the public file that the simulator imitates.
@Suite struct ChurnRatesTests {
    @Test
    func `one in five leaves`() throws {
        #expect(abs(try Sample.standard.churnRate("Exited") { _ in true } - 0.2038) < 0.01)
    }

    @Test(arguments: [
        ("Geography", "France", 0.162), ("Geography", "Germany", 0.324),
        ("Geography", "Spain", 0.167),
        ("Gender", "Female", 0.251), ("Gender", "Male", 0.165),
        ("IsActiveMember", "0", 0.269), ("IsActiveMember", "1", 0.143),
        ("NumOfProducts", "1", 0.277), ("NumOfProducts", "2", 0.076),
        ("HasCrCard", "0", 0.208), ("HasCrCard", "1", 0.202),
    ])
    func `customers of a level leave as often as they should`(
        column: String,
        level: String,
        expected: Double
    ) throws {
        let rate = try Sample.standard.churnRate(column) { $0 == level }
        #expect(abs(rate - expected) < 0.015, "\(rate)")
    }

    @Test(arguments: [("3", 0.827), ("4", 1)])
    func `small groups, with room for chance`(level: String, expected: Double) throws {
        let rate = try Sample.standard.churnRate("NumOfProducts") { $0 == level }
        #expect(abs(rate - expected) < 0.03, "\(rate)")
    }

    @Test(
        arguments: [
            (18 ... 25, 0.075, 0.015), (26 ... 30, 0.075, 0.015), (31 ... 35, 0.091, 0.015),
            (36 ... 40, 0.15, 0.015), (41 ... 45, 0.268, 0.02), (46 ... 50, 0.464, 0.025),
            (51 ... 55, 0.584, 0.03), (56 ... 60, 0.533, 0.03), (61 ... 65, 0.4, 0.05),
            (66 ... 70, 0.183, 0.05),
        ]
    )
    func `the hump over age; its old end within the real file's own sampling error`(
        band: ClosedRange<Int>,
        expected: Double,
        tolerance: Double
    ) throws {
        let rate = try Sample.standard.churnRate("Age") { Int($0).map(band.contains) ?? false }
        #expect(abs(rate - expected) < tolerance, "\(rate)")
    }

    @Test
    func `nearly all customers with a ruined credit score leave`() throws {
        let below = try Sample.standard.churnRate("CreditScore") { Int($0) ?? 0 < 398 }
        let above = try Sample.standard.churnRate("CreditScore") { Int($0) ?? 0 > 420 }
        #expect(below > 0.85)
        #expect(above < 0.22)
    }

    @Test(arguments: [
        ("Geography", "France", 0.501), ("Geography", "Germany", 0.251),
        ("Gender", "Female", 0.454),
        ("NumOfProducts", "1", 0.508), ("NumOfProducts", "2", 0.459), ("NumOfProducts", "3", 0.027),
        ("NumOfProducts", "4", 0.006), ("HasCrCard", "1", 0.7055), ("IsActiveMember", "1", 0.515),
        ("Balance", "0", 0.362), ("Tenure", "0", 0.041), ("Tenure", "5", 0.101),
        ("Tenure", "10", 0.049), ("Card Type", "GOLD", 0.25), ("Satisfaction Score", "5", 0.2),
    ])
    func `levels have their shares`(column: String, level: Substring, expected: Double) throws {
        let share = Double(try Sample.standard.texts(column).count { $0 == level }) / 50_000
        #expect(abs(share - expected) < 0.012, "\(share)")
    }

    @Test(arguments: [
        ("CreditScore", 650.5, 96.7), ("Age", 38.92, 10.49), ("Tenure", 5.01, 2.89),
        ("Balance", 76_486, 62_397), ("EstimatedSalary", 100_090, 57_510),
        ("Point Earned", 606.5, 225.9),
    ])
    func `numbers have their mean and deviation`(
        column: String,
        mean: Double,
        deviation: Double
    ) throws {
        let values = try Sample.standard.numbers(column)
        let found = values.reduce(0, +) / 50_000
        let variance = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / 50_000
        #expect(abs(found - mean) < 0.03 * deviation, "\(found)")
        #expect(abs(variance.squareRoot() / deviation - 1) < 0.04, "\(variance.squareRoot())")
    }

    @Test
    func `no German account is empty; about half of the others are`() throws {
        let sample = Sample.standard
        let pairs = try Array(zip(sample.texts("Geography"), sample.texts("Balance")))
        #expect(!pairs.contains { $0.0 == "Germany" && $0.1 == "0" })
        let french = pairs.filter { $0.0 == "France" }
        let empty = Double(french.count { $0.1 == "0" }) / Double(french.count)
        #expect(abs(empty - 0.483) < 0.015)
    }

    @Test
    func `the truth is calibrated and its own AUC is that of a good model on the real file`() throws
    {
        let truth = try Sample.standard.numbers("TrueProbability")
        let exited = try Sample.standard.texts("Exited").map { $0 == "1" }
        let expected = truth.reduce(0, +)
        let observed = Double(exited.count { $0 })
        #expect(abs(expected - observed) < 300)
        let area = areaUnderCurve(exited, truth)
        #expect((0.86 ... 0.88).contains(area), "\(area)")
    }

    /// Mann–Whitney from ranks; equal scores are too rare here to matter.
    private func areaUnderCurve(_ labels: [Bool], _ scores: [Double]) -> Double {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var rankSum = 0
        for (rank, row) in order.enumerated() where labels[row] { rankSum += rank + 1 }
        let positives = labels.count { $0 }
        let wins = rankSum - positives * (positives + 1) / 2
        return Double(wins) / (Double(positives) * Double(labels.count - positives))
    }
}
