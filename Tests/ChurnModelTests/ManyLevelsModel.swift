import ChurnModel
import Drift
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular
import Trees

/// A made-up model of a column with more levels than get an indicator each, and of one with extremes.
struct ManyLevelsModel {
    let table: Table
    let model: ChurnModel
    let reference: DriftReference

    init() throws {
        let levels = (0 ..< 150).map { "Ort \($0)" }
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "City",
                    role: .feature,
                    type: .levels(levels),
                    nulls: .impute,
                    unseen: .other
                ),
                ColumnSchema(
                    name: "Limit",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil)
                ),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
        let rows = 0 ..< 900
        // Some cities that are not listed, some that nobody knows.
        let codes = rows.map { $0 % 31 == 0 ? -2 : $0 % 37 == 0 ? -1 : Int32($0 * 7 % 150) }
        let limits = rows.map { row -> Double in
            row % 41 == 0
                ? .greatestFiniteMagnitude : row % 43 == 0 ? -1e200 : Double(row % 13) + 0.5
        }
        let table = Table(
            [("City", .level(codes: codes, levels: levels)), ("Limit", .number(limits))],
            rowCount: rows.count
        )
        self.table = table
        let labels = rows.map { $0 % 5 == 0 || codes[$0] % 3 == 1 }
        var generator = SeededGenerator(seed: 1)
        let parts = try [FeatureEncoding.dummies, .pieces].map { encoding in
            let features = try FeaturePlan(schema, encoding: encoding).fit(table, labels: labels)
            return ModelPart(
                features: features,
                network: Network(
                    .init(inputs: features.encodedColumns.count, hidden: [5]),
                    using: &generator
                )
            )
        }
        model = ChurnModel(
            schema: schema,
            parts: parts,
            trees: try Self.trees(schema, table, codes, labels),
            calibration: .none,
            threshold: 0.25,
            costs: CampaignCosts()
        )
        reference = DriftReference(table, schema: schema, scores: try model.predict(table))
    }

    private static func trees(
        _ schema: Schema,
        _ table: Table,
        _ codes: [Int32],
        _ labels: [Bool]
    ) throws -> TreePart {
        let features = schema.features.map { TreePart.Feature(name: $0.name, type: $0.type) }
        let columns = try TreePart.columns(features, of: table)
        let odds = LevelOdds(codes, levels: 150, labels: labels)
        let own = TreeColumn.numbers(odds.heldOut(codes, labels: labels))
        let borders = ColumnBins(own, mostBorders: 128)
        let other = ColumnBins(columns[1], mostBorders: 128)
        var growth = TreeGrowth(
            BinnedRows([own, columns[1]], [borders, other], count: labels.count),
            labels: labels,
            weights: nil,
            learning: Array(labels.indices),
            settings: TreeSettings(),
            seed: 1
        )
        for _ in 0 ..< 30 { growth.grow() }
        return TreePart(
            features: features,
            trees: BoostedTrees(
                bins: [ColumnBins(ranking: odds.values, by: borders), other],
                ensembles: [growth.trees]
            ),
            weight: 0.5
        )
    }
}
