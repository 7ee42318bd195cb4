import ChurnModel
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Schema
import Simulation
import Tabular
import Trees

/// Simulated customers, and models of networks and trees that have learned from them.
struct BankModel {
    let schema: Schema
    let rows: CodedRows
    let labels: [Bool]
    private let table: Table

    init(rows count: Int = 600, seed: UInt64 = 1) throws {
        let simulator = BankSimulator(seed: seed)
        let lines = String(decoding: simulator.csv(rows: 0 ..< count), as: UTF8.self)
            .split(separator: "\n")
        let batch = RecordBatch(
            columnCount: simulator.columns.count,
            rows: lines.map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        )
        schema =
            try SchemaInference(target: BankSimulator.target)
            .infer(header: simulator.columns, batches: [batch]).schema
        let decoded = try SchemaDecoder(schema, header: simulator.columns, needsTarget: true)
            .decode(batch)
        table = decoded.table
        labels = decoded.labels
        var rows = CodedRows(width: schema.features.count)
        rows.append(Array(0 ..< table.rowCount), of: table, columns: schema.features.map(\.name))
        self.rows = rows
    }

    /// A model.
    ///
    /// - Parameters:
    ///   - columns: Those that networks read; nil for all.
    ///   - hidden: Widths of the networks' layers.
    ///   - members: Of each network.
    ///   - trees: How many; 0 for networks alone.
    ///   - epochs: How long networks learn.
    ///   - calibration: What turns scores into probabilities.
    ///   - seed: Of networks and trees.
    /// - Returns: Networks and trees of equal weight.
    /// - Throws: `FeatureError`.
    func model(
        columns: [String]? = nil,
        hidden: [Int] = [8],
        members: Int = 2,
        trees: Int = 30,
        epochs: Int = 3,
        calibration: Calibration = .none,
        seed: UInt64 = 1
    ) throws -> ChurnModel {
        var generator = SeededGenerator(seed: seed)
        let parts = try [FeatureEncoding.scores, .pieces].map { encoding -> ModelPart in
            let features = try FeaturePlan(schema, encoding: encoding, columns: columns)
                .fit(table, labels: labels)
            var network = Network(
                .init(
                    inputs: features.encodedColumns.count,
                    hidden: hidden,
                    activation: .gaussian,
                    members: members,
                    sharesWeights: true
                ),
                using: &generator
            )
            var settings = TrainingLoop.Settings()
            settings.epochs = epochs
            settings.learningRate = 0.01
            let learning = LabelledRows(
                features: try features.encode(table).rowMajor(),
                width: features.encodedColumns.count,
                labels: labels
            )
            _ = TrainingLoop(settings)
                .run(&network, training: learning, validation: nil, using: &generator) { _ in }
            return ModelPart(features: features, network: network)
        }
        return ChurnModel(
            schema: schema,
            parts: parts,
            trees: trees == 0 ? nil : try treePart(trees, seed: seed),
            calibration: calibration,
            threshold: 0.3,
            costs: CampaignCosts()
        )
    }

    private func treePart(_ count: Int, seed: UInt64) throws -> TreePart {
        let features = schema.features.map { TreePart.Feature(name: $0.name, type: $0.type) }
        let columns = try TreePart.columns(features, of: table)
        let bins = columns.map { ColumnBins($0, mostBorders: 128) }
        let binned = BinnedRows(columns, bins, count: table.rowCount)
        let ensembles = (0 ..< 2).map { number in
            var growth = TreeGrowth(
                binned,
                labels: labels,
                weights: nil,
                learning: Array(labels.indices),
                settings: TreeSettings(),
                seed: seed + UInt64(number)
            )
            for _ in 0 ..< count { growth.grow() }
            return growth.trees
        }
        return TreePart(
            features: features,
            trees: BoostedTrees(bins: bins, ensembles: ensembles),
            weight: 0.5
        )
    }

    /// Reference customers, quickly: some rows of other customers with weights.
    func references(_ count: Int = 8) -> ReferenceCustomers {
        let weights = (1 ... count).map { Double($0) }
        let sum = weights.reduce(0, +)
        return ReferenceCustomers(
            rows: rows.selecting(rows.count - count ..< rows.count),
            weights: weights.map { $0 / sum },
            error: 0
        )
    }
}
