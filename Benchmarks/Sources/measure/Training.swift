import ChurnModel
import Features
import Kernels
import NeuralNetwork
import Tabular
import Training

extension Workbench {
    /// The seed's training: the fit alone, from encoded rows to weights, validation after each epoch.
    ///
    /// As the peers do it: 70 % of the rows, of which 80 % are learned from and 20 % judge.
    func training(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let split = StratifiedSplit(labels: customers.labels, share: 0.3, seed: 42, purpose: .test)
        let inner = StratifiedSplit(
            labels: split.kept.map { customers.labels[$0] },
            share: 0.2,
            seed: 42,
            purpose: .validation
        )
        let rows = try labelled(inner.kept.map { split.kept[$0] })
        let validation = try labelled(inner.heldOut.map { split.kept[$0] })
        let loop = TrainingLoop(TrainingLoop.Settings())
        var work = 0.0
        let seconds = stopwatch.seconds {
            var generator = SeededGenerator(seed: 42)
            var network = Network(
                .init(inputs: rows.width, hidden: [10, 10]),
                using: &generator
            )
            let history = loop.run(
                &network,
                training: rows,
                validation: validation,
                using: &generator
            ) { _ in }
            // Forward, and backward to weights and to inputs: three products of two operations each.
            let parameters = network.tensors.reduce(0) { $0 + $1.range.count }
            work = 6 * Double(parameters * rows.count * history.epochs.count)
        }
        return [
            Measurement(
                "training.fit",
                "fit of the seed's network, \(rows.count) rows, 50 epochs",
                unit: "s",
                values: seconds
            ),
            Measurement(
                "training.rate",
                "its multiply-adds (6 · parameters · rows · epochs)",
                unit: "GFLOP/s",
                values: seconds.map { work / $0 / 1e9 }
            ),
        ]
    }

    /// The whole of `retain train` for each ensemble, from decoded rows to a calibrated model, on all cores.
    func ensembleTraining(_ stopwatch: Stopwatch) throws -> [Measurement] {
        try [ModelKind.fast, .best].map { kind in
            let project = Project(schema: project.schema, training: TrainingSettings(kind))
            let threads = threads.last ?? 1
            // Many seconds a run, so that three tell as much as seven.
            let seconds = try Stopwatch(runs: min(3, stopwatch.runs)).seconds {
                _ = try TrainingWorkflow(project, seed: 42, threads: threads).run(customers)
            }
            return Measurement(
                "training.\(kind.rawValue)",
                "training `\(kind.rawValue)`, columns, calibration and all, \(coreText(threads))",
                unit: "s",
                values: seconds
            )
        }
    }

    private func labelled(_ rows: [Int]) throws -> LabelledRows {
        LabelledRows(
            features: try model.parts[0].features.encode(customers.table.selecting(rows))
                .rowMajor(),
            width: model.parts[0].features.encodedNames.count,
            labels: rows.map { customers.labels[$0] }
        )
    }
}
