import Schema
import Testing
import Training

@Suite struct PromotionBoundsTests {
    private static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: nil,
        columns: [
            ColumnSchema(name: "age", role: .feature, type: .number(minimum: 0, maximum: nil)),
            ColumnSchema(name: "the \"area\"", role: .feature, type: .levels(["a", "b"])),
            ColumnSchema(name: "sex", role: .ignored, type: .boolean(no: "m", yes: "f")),
            ColumnSchema(name: "left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )

    private func read(_ sections: String) throws -> PromotionBounds {
        try Project(yaml: Self.schema.yaml(sections: sections), file: "retain.yaml").promotion
    }

    @Test func `what is written is read`() throws {
        var project = Project(schema: Self.schema)
        #expect(try read(project.sections) == PromotionBounds())
        project.promotion.minRows = 1_000
        project.promotion.maxAUC = 0.95
        project.promotion.toleranceLogLoss = 0.01
        project.promotion.toleranceProfit = 2.5
        project.promotion.maxCalibrationError = 0.1
        project.promotion.maxCalibrationInTheLarge = 0.02
        project.promotion.slices = [
            SliceBounds(column: "the \"area\"", recallGap: 0.1, calibrationGap: 0.05),
            SliceBounds(column: "sex", selectionRateGap: 0.2),
        ]
        #expect(try read(project.sections) == project.promotion)
    }

    @Test func `defaults hold without a section`() throws {
        #expect(try read("") == PromotionBounds())
        #expect(try read("promotion:\n  min_rows: 300\n").minRows == 300)
    }

    @Test(
        arguments: [
            ("  max_ece: 0.1", "promotion: unknown key \"max_ece\""),
            ("  max_auc: 2", "promotion.max_auc: 2 must be from 0.5 to 1"),
            ("  min_rows: 3", "promotion.min_rows: 3 must be from 40"),
            (
                "  slices: {age: {recall_gap: 0.1}}",
                "promotion.slices.age: is no column with levels; these are: \"the \\\"area\\\"\", \"sex\""
            ),
            ("  slices: {sex: {}}", "give at least one bound"),
            ("  slices: {sex: {gap: 1}}", "promotion.slices.sex"),
            ("  slices: {sex: {recall_gap: 3}}", "recall_gap: 3 must be from 0 to 1"),
        ]
    )
    func `a mistake is named with its place, value and rule`(section: String, message: String) {
        let error = #expect(throws: YAMLProblem.self) { try read("promotion:\n" + section + "\n") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
