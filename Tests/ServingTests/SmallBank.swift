import ChurnModel
import Drift
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Output
import Schema
import Tabular
import Wire

/// A made-up model of two features and customers to ask it about.
struct SmallBank {
    let table: Table
    let saved: SavedModel

    /// A model from a seed; `extra` is a further column of the schema that it does not care for;
    /// `explains` says whether it has reference customers.
    init(seed: UInt64 = 1, extra: ColumnSchema? = nil, explains: Bool = true) throws {
        let levels = ["Bob's \"Île\"", "Germany", "Spain"]
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: "Id",
            columns: [
                ColumnSchema(name: "Id", role: .identifier, type: .text),
                ColumnSchema(name: "Age", role: .feature, type: .number(minimum: 18, maximum: 100)),
                ColumnSchema(name: "Land", role: .feature, type: .levels(levels)),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ] + (extra.map { [$0] } ?? [])
        )
        let rows = 0 ..< 101
        table = Table(
            [
                ("Age", .number(rows.map { Double(20 + $0 * 37 % 80) + 0.1 })),
                ("Land", .level(codes: rows.map { Int32($0 % 3) }, levels: levels)),
            ] + (extra.map { [($0.name, .number(rows.map { Double($0 % 7) / 7 }))] } ?? []),
            rowCount: 101
        )
        let features = try FeaturePlan(schema).fit(table)
        var generator = SeededGenerator(seed: seed)
        let network = Network(
            .init(inputs: features.encodedColumns.count, hidden: [5, 3], dropout: 0.1),
            using: &generator
        )
        let model = ChurnModel(
            schema: schema,
            parts: [ModelPart(features: features, network: network)],
            threshold: 0.45,
            costs: CampaignCosts()
        )
        let reference = DriftReference(table, schema: schema, scores: try model.predict(table))
        var few = CodedRows(width: schema.features.count)
        few.append(Array(0 ..< 8), of: table, columns: schema.features.map(\.name))
        let weights = [Double](repeating: 0.125, count: 8)
        saved = try SavedModel(
            files: ModelFolder.files(
                model,
                metrics: ["auc": 0.75],
                card: "",
                reference: reference,
                references: explains
                    ? ReferenceCustomers(rows: few, weights: weights, error: 0.001) : nil
            )
        )
    }

    /// Each customer as JSON.
    var objects: [String] {
        guard case .number(let ages) = table["Age"],
            case .level(let codes, let levels) = table["Land"]
        else {
            return []
        }
        return zip(ages, codes).map { age, code in
            var land: [UInt8] = []
            land.appendJSON(levels[Int(code)])
            return #"{"Age": \#(age), "Land": \#(String(decoding: land, as: UTF8.self))}"#
        }
    }
}
