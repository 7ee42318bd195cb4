import ChurnModel
import Drift
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular

/// A made-up model of four features, fitted on made-up customers.
struct SmallModel {
    let table: Table
    let model: ChurnModel
    let reference: DriftReference
    let metrics = ["auc": 0.75, "accuracy": 0.5]

    init() throws {
        let levels = ["Bob's \"Île\"", "Germany", "Spain"]
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: "Id",
            columns: [
                ColumnSchema(name: "Id", role: .identifier, type: .text),
                ColumnSchema(
                    name: "Country",
                    role: .feature,
                    type: .levels(levels),
                    unseen: .other
                ),
                ColumnSchema(
                    name: "Age",
                    role: .feature,
                    type: .number(minimum: 18, maximum: nil),
                    nulls: .impute
                ),
                ColumnSchema(name: "Active", role: .feature, type: .boolean(no: "0", yes: "1")),
                ColumnSchema(name: "Card", role: .feature, type: .boolean(no: "no", yes: "yes")),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
        let rows = 0 ..< 101
        // One country that is not listed, and one age that nobody knows.
        let countries: [Int32] = rows.map { $0 == 7 ? -2 : Int32($0 % 3) }
        let ages: [Double] = rows.map { $0 == 100 ? .nan : Double(20 + $0 * 37 % 100) }
        let active = rows.map { Int32($0 % 2) }
        let cards = rows.map { Int32($0 / 2 % 2) }
        table = Table(
            [
                ("Country", .level(codes: countries, levels: levels)),
                ("Age", .number(ages)),
                ("Active", .level(codes: active, levels: ["0", "1"])),
                ("Card", .level(codes: cards, levels: ["no", "yes"])),
            ],
            rowCount: 101
        )
        let labels = rows.map { $0 % 5 == 0 }
        var generator = SeededGenerator(seed: 1)
        let dummies = try FeaturePlan(schema).fit(table)
        let pieces = try FeaturePlan(schema, encoding: .pieces).fit(table, labels: labels)
        model = ChurnModel(
            schema: schema,
            parts: [
                ModelPart(
                    features: dummies,
                    network: Network(
                        .init(inputs: dummies.encodedColumns.count, hidden: [5, 3], dropout: 0.1),
                        using: &generator
                    )
                ),
                ModelPart(
                    features: pieces,
                    network: Network(
                        .init(
                            inputs: pieces.encodedColumns.count,
                            hidden: [6],
                            activation: .gaussian,
                            members: 3,
                            sharesWeights: true
                        ),
                        using: &generator
                    )
                ),
            ],
            calibration: .temperature(
                try TemperatureScaling(
                    labels: labels,
                    probabilities: rows.map { Double($0 % 9) / 9 + 0.05 }
                )
            ),
            conformal: try ConformalClassifier(
                labels: labels,
                probabilities: rows.map { Double($0 % 9) / 9 }
            ),
            threshold: 0.25,
            costs: CampaignCosts()
        )
        reference = DriftReference(table, schema: schema, scores: try model.predict(table))
    }

    func files() throws -> [ModelFile] {
        try ModelFolder.files(model, metrics: metrics, card: "# Card\n", reference: reference)
    }
}
