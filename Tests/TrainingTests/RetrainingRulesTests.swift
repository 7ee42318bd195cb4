import Schema
import Testing
import Training

@Suite struct RetrainingRulesTests {
    private static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: nil,
        columns: [
            ColumnSchema(name: "age", role: .feature, type: .number(minimum: 0, maximum: nil)),
            ColumnSchema(name: "offer", role: .ignored, type: .text),
            ColumnSchema(name: "left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )

    private func read(_ sections: String) throws -> RetrainingRules {
        try Project(yaml: Self.schema.yaml(sections: sections), file: "retain.yaml").retraining
    }

    @Test func `what is written is read`() throws {
        var project = Project(schema: Self.schema)
        #expect(try read(project.sections) == RetrainingRules())
        project.retraining.treatedWeight = 0.25
        project.retraining.treatedColumn = "got an \"offer\""
        project.retraining.minRows = 500
        project.retraining.lossIncrease = 0.02
        #expect(try read(project.sections) == project.retraining)
    }

    @Test func `defaults hold without a section`() throws {
        #expect(try read("") == RetrainingRules())
        #expect(try read("retraining:\n  treated: exclude\n").treatedWeight == 0)
        #expect(try read("retraining:\n  treated: weight\n").treatedWeight == 0.5)
        #expect(try read("retraining:\n  treated_column: offer\n").treatedColumn == "offer")
    }

    @Test(
        arguments: [
            ("  rows: 100", "retraining: unknown key \"rows\""),
            ("  treated: drop", "retraining.treated: \"drop\" is none of exclude, weight"),
            ("  treated_weight: 0.5", "treated_weight: goes with \"treated: weight\" only"),
            (
                "  treated: weight\n  treated_weight: 1",
                "treated_weight: 1 must be from 0.001 to 0.999"
            ),
            ("  treated_column: age", "\"age\" has role: feature"),
            ("  treated_column: left", "\"left\" has role: target"),
            ("  min_rows: 3", "retraining.min_rows: 3 must be from 40"),
            ("  loss_increase: -1", "retraining.loss_increase: -1 must be from 0"),
        ]
    )
    func `a mistake is named with its place, value and rule`(section: String, message: String) {
        let error = #expect(throws: YAMLProblem.self) { try read("retraining:\n\(section)\n") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
