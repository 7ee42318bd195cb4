import Kernels
import NeuralNetwork

/// The network as its formulas have it, in double precision, from the named tensors alone.
struct ReferenceNetwork {
    let architecture: Network.Architecture
    var parameters: [Double]
    private let layers: [Starts]

    /// Where a layer's tensors begin; the scales only where weights are shared.
    private struct Starts {
        let weight, bias: Int
        let inputScale, outputScale: Int?
    }

    init(_ network: Network) {
        architecture = network.architecture
        parameters = network.parameters.map(Double.init)
        layers = (0 ... network.architecture.hidden.count).map { number in
            func start(_ part: String) -> Int? {
                network.tensors.first { $0.name == "dense_\(number).\(part)" }?.range.lowerBound
            }
            return Starts(
                weight: start("weight") ?? -1,
                bias: start("bias") ?? -1,
                inputScale: start("input_scale"),
                outputScale: start("output_scale")
            )
        }
    }

    /// s ∘ (Wᵀ (r ∘ x)) + b where weights are shared, else Wᵀ x + b, layer by layer.
    func logit(_ row: [Double], member: Int) -> Double {
        var values = row
        for (layer, width) in zip(layers, architecture.hidden + [1]) {
            let inputs = values.count
            let isLast = layer.weight == layers[layers.count - 1].weight
            if let r = layer.inputScale {
                for i in 0 ..< inputs { values[i] *= parameters[r + member * inputs + i] }
            }
            let start = layer.weight + (layer.inputScale == nil ? member * inputs * width : 0)
            values = (0 ..< width).map { j in
                var sum = 0.0
                for i in 0 ..< inputs { sum += parameters[start + i * width + j] * values[i] }
                if let s = layer.outputScale { sum *= parameters[s + member * width + j] }
                sum += parameters[layer.bias + member * width + j]
                guard !isLast else { return sum }
                switch architecture.activation {
                case .rectifier: return max(0, sum)
                case .gaussian: return sum * Elementary.normalCumulative(sum)
                }
            }
        }
        return values[0]
    }

    func probability(_ row: [Double]) -> Double {
        let chances = (0 ..< architecture.members).map {
            1 / (1 + Elementary.exp(-logit(row, member: $0)))
        }
        return chances.reduce(0, +) / Double(architecture.members)
    }

    /// One member's weighted cross-entropy, summed over its rows.
    func loss(_ places: [Int32], of rows: LabelledRows, member: Int) -> Double {
        places.reduce(0) { sum, place in
            let z = logit(rows.doubles(Int(place)), member: member)
            let loss =
                max(z, 0) - z * Double(rows.labels[Int(place)])
                + Elementary.log(1 + Elementary.exp(-abs(z)))
            return sum + loss * Double(rows.weights[Int(place)])
        }
    }

    /// What training derives: the mean over rows, and over members where they share weights, else
    /// their sum.
    func derivedLoss(_ batch: [[Int32]], of rows: LabelledRows) -> Double {
        let sum = batch.indices.reduce(0) { $0 + loss(batch[$1], of: rows, member: $1) }
        let parts = batch[0].count * (architecture.sharesWeights ? architecture.members : 1)
        return sum / Double(parts)
    }
}

extension LabelledRows {
    /// The features of one row.
    func doubles(_ row: Int) -> [Double] {
        features[row * width ..< (row + 1) * width].map(Double.init)
    }
}
