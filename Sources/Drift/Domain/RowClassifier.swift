internal import Evaluation
private import Kernels
private import NeuralNetwork
internal import Schema

/// Eight small networks that together tell the rows of two files apart, and what they make of rows that they have not learned from.
///
/// Half of each file's rows teach them, a fifth of these only when to stop; the other half is held out.
struct RowClassifier {
    private let encoding: RowEncoding
    /// nil where no column has two values: then no row can be told from another.
    private let network: Network?
    private let heldOut: EncodedSample
    /// Whether each row held out is a current one.
    private let labels: [Bool]
    private let seed: UInt64

    /// Trains the network.
    ///
    /// - Parameters:
    ///   - reference: Rows in random order.
    ///   - current: Rows in random order.
    ///   - seed: Random seed of everything that is drawn.
    /// - Precondition: Both are of one schema.
    /// - Complexity: O(rows · inputs).
    init(reference: RowSample, current: RowSample, seed: UInt64) {
        precondition(reference.columns == current.columns, "samples of different schemas")
        let (old, new) = (RowHalves(reference), RowHalves(current))
        let learning = old.learning.appending(new.learning)
        encoding = RowEncoding(reference.columns, learning)
        heldOut = encoding.encode(old.heldOut.appending(new.heldOut))
        labels =
            Array(repeating: false, count: old.heldOut.count)
            + Array(repeating: true, count: new.heldOut.count)
        self.seed = seed
        network =
            encoding.width == 0
            ? nil
            : Self.train(
                encoding.encode(learning),
                labels: Array(repeating: false, count: old.learning.count)
                    + Array(repeating: true, count: new.learning.count),
                width: encoding.width,
                seed: seed
            )
    }

    private static func train(
        _ sample: EncodedSample,
        labels: [Bool],
        width: Int,
        seed: UInt64
    ) -> Network {
        let rows = LabelledRows(
            features: rowMajor(
                sample.values,
                units: width,
                stride: sample.stride,
                rows: sample.count
            ),
            width: width,
            labels: labels,
            classWeights: ClassWeights.balanced.resolved(for: labels)
        )
        var generator = SeededGenerator(seed: seed, stream: Self.stream)
        var network = Network(
            Network.Architecture(inputs: width, hidden: [16, 16], members: 8),
            using: &generator
        )
        var settings = TrainingLoop.Settings()
        settings.epochs = 40
        settings.batchSize = 64
        settings.learningRate = 0.005
        settings.weightDecay = 0.2
        settings.patience = 6
        settings.restoresBest = true
        // Rows stand in random order, so every fifth is as good as any.
        _ = TrainingLoop(settings).run(
            &network,
            training: rows.selecting((0 ..< rows.count).filter { $0 % 5 != 4 }),
            validation: rows.selecting((0 ..< rows.count).filter { $0 % 5 == 4 }),
            using: &generator
        ) { _ in }
        return network
    }

    /// Whether the rows held out can be told apart; nil where a file has fewer than two.
    var area: ROCAreaTest? { ROCAreaTest(labels: labels, scores: scores(heldOut)) }

    /// By how much the area falls when a column's values are dealt anew among the rows held out, the mean of
    /// some deals: permutation importance, of Breiman, "Random forests", Machine Learning 45, 2001, here of a
    /// fixed network as Fisher, Rudin and Dominici, "All models are wrong, but many are useful", Journal of
    /// Machine Learning Research 20, 2019, have it.
    ///
    /// - Returns: One for each column, in the order of the schema.
    /// - Complexity: O(columns · rows · (inputs + log rows)).
    func importances() -> [Double] {
        let whole = rocAUC(labels: labels, scores: scores(heldOut))
        let deals = encoding.inputs.count > Self.manyColumns ? 1 : Self.deals
        return encoding.inputs.enumerated().map { column, inputs in
            guard !inputs.isEmpty else { return 0 }
            var generator = SeededGenerator(
                seed: seed,
                stream: Self.stream &+ 1 &+ UInt64(column)
            )
            var sum = 0.0
            for _ in 0 ..< deals {
                let order = generator.permutation(heldOut.count)
                var dealt = heldOut
                for input in inputs {
                    let start = input * heldOut.stride
                    for (row, other) in order.enumerated() {
                        dealt.values[start + row] = heldOut.values[start + Int(other)]
                    }
                }
                sum += whole - rocAUC(labels: labels, scores: scores(dealt))
            }
            return sum / Double(deals)
        }
    }

    private func scores(_ sample: EncodedSample) -> [Double] {
        network?.probabilities(sample.values, stride: sample.stride, rows: sample.count)
            ?? Array(repeating: 0.5, count: sample.count)
    }

    private static let deals = 5
    /// Beyond, one deal has to do.
    private static let manyColumns = 64
    private static let stream: UInt64 = 0x726f_7773
}

/// A sample cut in two at random.
private struct RowHalves {
    let learning: CodedRows
    let heldOut: CodedRows

    init(_ sample: RowSample) {
        let rows = sample.rows
        learning = rows.selecting(0 ..< rows.count / 2)
        heldOut = rows.selecting(rows.count / 2 ..< rows.count)
    }
}
