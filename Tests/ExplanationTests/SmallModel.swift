import ChurnModel
import Drift
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular

/// A made-up model of four columns, and rows to ask it about.
struct SmallModel {
    let model: ChurnModel
    let reference: DriftReference
    let rows: CodedRows

    init(seed: UInt64 = 1, rules: ReasonRules = ReasonRules(), levers: [Lever] = []) throws {
        let schema = Schema(
            target: .init(column: "left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "age",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil)
                ),
                ColumnSchema(
                    name: "products",
                    role: .feature,
                    type: .number(minimum: 0, maximum: 9),
                    nulls: .impute
                ),
                ColumnSchema(
                    name: "plan",
                    role: .feature,
                    type: .levels(["basic", "family", "pro"]),
                    unseen: .other
                ),
                ColumnSchema(name: "active", role: .feature, type: .boolean(no: "0", yes: "1")),
                ColumnSchema(name: "left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
        var generator = SeededGenerator(seed: seed)
        rows = (0 ..< 400).reduce(into: CodedRows(width: 4)) { rows, row in
            rows.append([
                Double(18 + generator.below(60)), Double(1 + generator.below(3)),
                Double(generator.below(3)), Double(generator.below(2)),
            ])
        }
        let table = rows.table(schema.features)
        let features = try FeaturePlan(schema).fit(table)
        let network = Network(
            .init(inputs: features.encodedColumns.count, hidden: [6, 4], dropout: 0),
            using: &generator
        )
        model = ChurnModel(
            schema: schema,
            parts: [ModelPart(features: features, network: network)],
            threshold: 0.45,
            costs: CampaignCosts(),
            reasons: rules,
            levers: levers
        )
        reference = DriftReference(table, schema: schema, scores: try model.predict(table))
    }
}
