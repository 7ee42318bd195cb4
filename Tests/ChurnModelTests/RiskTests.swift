import ChurnModel
import Testing

@Suite struct RiskTests {
    @Test(
        arguments: [
            (0, .low), (0.1249, .low), (0.125, .medium), (0.2499, .medium), (0.25, .high),
            (1, .high),
        ] as [(Float, Risk)]
    )
    func `is high from the threshold on, and medium from half of it`(
        probability: Float,
        risk: Risk
    ) throws {
        let model = try SmallModel().model
        #expect(model.threshold == 0.25)
        #expect(model.risk(of: probability) == risk)
    }

    @Test func `is high for everybody where contacting costs nothing`() throws {
        let small = try SmallModel().model
        let model = ChurnModel(
            schema: small.schema,
            parts: small.parts,
            calibration: small.calibration,
            conformal: small.conformal,
            threshold: 0,
            costs: small.costs
        )
        #expect(model.risk(of: 0) == .high)
    }
}
