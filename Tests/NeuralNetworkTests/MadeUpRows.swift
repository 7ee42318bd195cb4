import Kernels
import NeuralNetwork

/// Rows whose label depends on the features, not linearly.
func madeUpRows(_ count: Int, width: Int, seed: UInt64) -> LabelledRows {
    var generator = SeededGenerator(seed: seed)
    let features = (0 ..< count * width).map { _ in Float(generator.uniform() * 4 - 2) }
    let labels = (0 ..< count).map { row -> Bool in
        let score: Float = features[row * width] * features[row * width + 1]
        return Double(score) + generator.uniform() > 0.5
    }
    return LabelledRows(
        features: features,
        width: width,
        labels: labels,
        classWeights: .init(negative: 1, positive: 1.5)
    )
}

extension Network {
    /// Probabilities of row-major rows.
    func probabilities(of rows: LabelledRows) -> [Double] {
        let stride = laneCount(rows: rows.count)
        var values = [Float](repeating: 0, count: stride * rows.width)
        for row in 0 ..< rows.count {
            for unit in 0 ..< rows.width {
                values[unit * stride + row] = rows.features[row * rows.width + unit]
            }
        }
        return probabilities(values, stride: stride, rows: rows.count)
    }

    /// The numbers of a tensor.
    subscript(name: String) -> [Float] {
        get {
            tensors.first { $0.name == name }.map { Array(parameters[$0.range]) } ?? []
        }
        set {
            guard let range = tensors.first(where: { $0.name == name })?.range else { return }
            precondition(newValue.count == range.count, "\(name) has another size")
            parameters.replaceSubrange(range, with: newValue)
        }
    }

    /// A network with every parameter, biases and scales too, away from 0 and 1.
    static func scattered(_ architecture: Architecture, seed: UInt64) -> Network {
        var generator = SeededGenerator(seed: seed)
        var network = Network(architecture, using: &generator)
        for tensor in network.tensors {
            for place in tensor.range {
                network.parameters[place] += Float(0.6 * generator.uniform() - 0.3)
            }
        }
        return network
    }
}
