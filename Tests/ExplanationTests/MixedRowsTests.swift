import ChurnModel
import Evaluation
import Kernels
import Schema
import Testing

/// Rows that are mixed of few, as explanations ask for them, have the scores of rows that are asked for one by one.
@Suite struct MixedRowsTests {
    /// Which halves of a model there are.
    enum Halves: CaseIterable, Sendable {
        case networks, trees, both
    }

    /// Every second value is the next row's, so that networks of few columns see many rows alike; more than one piece.
    private func mixed(_ rows: CodedRows, count: Int) -> CodedRows {
        var generator = SeededGenerator(seed: 5)
        var values: [Double] = []
        for _ in 0 ..< count {
            let (one, other) = (generator.below(6), generator.below(6))
            for column in 0 ..< rows.width {
                let row = generator.below(2) == 0 ? one : other
                values.append(rows[row: row, column: column])
            }
        }
        return CodedRows(width: rows.width, values: values)
    }

    @Test(arguments: Halves.allCases, [1, 2, 3, 5])
    func `mixed rows have the bits of plain ones`(halves: Halves, threads: Int) throws {
        let bank = try BankModel()
        let columns = halves == .trees ? nil : ["Age", "Geography"]
        var model = try bank.model(
            columns: columns,
            trees: halves == .networks ? 0 : 30,
            calibration: .platt(PlattScaling(a: 1.2, b: -0.3))
        )
        // Weight 1 leaves nothing of the networks.
        if halves == .trees {
            model = ChurnModel(
                schema: model.schema,
                parts: model.parts,
                trees: model.trees?.weighing(1),
                calibration: model.calibration,
                threshold: model.threshold,
                costs: model.costs
            )
        }
        let predictor = try RowPredictor(model)
        let rows = mixed(bank.rows, count: 2_500)
        let plain = predictor.predict(rows)
        let quick = predictor.predictMixed(rows, threads: threads)
        #expect(plain.map(\.bitPattern) == quick.map(\.bitPattern))
        #expect(Set(plain).count > 10)
        let raw = predictor.predictMixed(rows, threads: threads, calibrated: false)
        #expect(raw.map(\.bitPattern) == predictor.uncalibrated(rows).map(\.bitPattern))
        #expect(raw != quick)
        for row in stride(from: 0, to: rows.count, by: 311) {
            #expect(predictor.predictMixed(rows.selecting([row])) == [plain[row]])
        }
    }
}
