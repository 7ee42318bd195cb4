import Simulation
import Testing

@Suite struct SimulatedDriftTests {
    private func sample(shifts: [String] = [], scales: [String] = []) throws -> Sample {
        let drift = try SimulatedDrift(shifts: shifts, scales: scales)
        let options = BankSimulator.Options(trueProbability: true, drift: drift)
        return Sample(BankSimulator(seed: 42, options: options), rows: 0 ..< 2_000)
    }

    @Test
    func `a shift moves one column and the truth, and leaves the other features alone`() throws {
        let before = try sample()
        let after = try sample(shifts: ["Age=+2.5"])
        #expect(try after.numbers("Age") == before.numbers("Age").map { $0 + 2.5 })
        for column in before.columns where !["Age", "Exited", "TrueProbability"].contains(column) {
            #expect(try after.texts(column) == before.texts(column), "\(column)")
        }
        let truthBefore = try before.numbers("TrueProbability").reduce(0, +)
        let truthAfter = try after.numbers("TrueProbability").reduce(0, +)
        #expect(truthAfter > truthBefore * 1.05)
    }

    @Test
    func `a factor scales, and an empty account stays empty`() throws {
        let before = try sample().numbers("Balance")
        let after = try sample(scales: ["Balance=1.8"]).numbers("Balance")
        #expect(zip(before, after).allSatisfy { abs($0 * 1.8 - $1) <= 0.0141 })
        #expect(zip(before, after).allSatisfy { ($0 == 0) == ($1 == 0) })
    }

    @Test
    func `scaling comes before shifting`() throws {
        let before = try sample().numbers("Tenure")
        let after = try sample(shifts: ["Tenure=-1"], scales: ["Tenure=2"]).numbers("Tenure")
        #expect(after == before.map { $0 * 2 - 1 })
    }

    @Test(arguments: ["-1000000", "1000000", "0.333"])
    func `any allowed drift gives finite rows`(value: String) throws {
        let columns = [
            "CreditScore", "Age", "Tenure", "Balance", "NumOfProducts", "EstimatedSalary",
            "Satisfaction Score", "Point Earned",
        ]
        let moved = try sample(
            shifts: columns.map { "\($0)=\(value)" },
            scales: columns.map { "\($0)=\(value)" }
        )
        #expect(try moved.numbers("TrueProbability").allSatisfy { (0 ... 1).contains($0) })
    }

    @Test(arguments: [
        (
            "Agee=+2",
            "no numeric column is called 'Agee'; choose from CreditScore, Age, Tenure, "
                + "Balance, NumOfProducts, EstimatedSalary, Satisfaction Score, Point Earned"
        ),
        (
            "Gender=1",
            "no numeric column is called 'Gender'; choose from CreditScore, Age, Tenure, "
                + "Balance, NumOfProducts, EstimatedSalary, Satisfaction Score, Point Earned"
        ),
        ("Age", "write COLUMN=NUMBER, such as Age=+2.5"),
        ("Age=old", "'old' is no number between -1000000 and 1000000; write it such as Age=+2.5"),
        ("Age=nan", "'nan' is no number between -1000000 and 1000000; write it such as Age=+2.5"),
        ("Age=", "'' is no number between -1000000 and 1000000; write it such as Age=+2.5"),
        ("Age=2e9", "'2e9' is no number between -1000000 and 1000000; write it such as Age=+2.5"),
    ])
    func `a shift that is none is refused`(text: String, reason: String) {
        let error = #expect(throws: SimulationError.self) {
            try SimulatedDrift(shifts: [text])
        }
        #expect(error?.description == "--shift \(text): \(reason)")
    }

    @Test
    func `a column named twice is refused; shift and scale of one column go together`() throws {
        let error = #expect(throws: SimulationError.self) {
            try SimulatedDrift(scales: ["Balance=2", "Balance=3"])
        }
        #expect(error?.description == "--scale Balance=3: Balance is given twice; keep one of them")
        _ = try SimulatedDrift(shifts: ["Balance=2"], scales: ["Balance=3"])
    }
}
