public import Kernels

extension Network {
    /// A network with random parameters.
    ///
    /// With rectifiers weights are uniform in ±√(6 / (inputs + outputs)) and biases 0: Glorot and Bengio,
    /// "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, Keras's
    /// default. With Gaussian units all are uniform in ±1/√inputs; members that share weights start with
    /// the same hidden biases and differ by random signs of the first layer's inputs, all other scales
    /// being 1 (Gorishniy, Kotelnikov and Babenko, "TabM", ICLR 2025).
    public init(_ architecture: Architecture, using generator: inout SeededGenerator) {
        self.init(architecture)
        for (number, layer) in layers.enumerated() {
            let start = architecture.activation.start(inputs: layer.inputs, outputs: layer.outputs)
            func draw(_ range: Range<Int>) {
                for place in range {
                    parameters[place] = Float((2 * generator.uniform() - 1) * start.limit)
                }
            }
            let members = architecture.members
            let size = layer.inputs * layer.outputs
            guard let scales = layer.scales else {
                draw(layer.weights ..< layer.weights + members * size)
                if start.drawsBiases { draw(layer.bias ..< layer.bias + members * layer.outputs) }
                continue
            }
            draw(layer.weights ..< layer.weights + size)
            for place in 0 ..< members * layer.inputs {
                let isNegative = number == 0 && generator.next() >> 63 == 1
                parameters[scales.inputs + place] = isNegative ? -1 : 1
            }
            for place in 0 ..< members * layer.outputs {
                parameters[scales.outputs + place] = 1
            }
            guard start.drawsBiases else { continue }
            draw(layer.bias ..< layer.bias + layer.outputs)
            for place in layer.outputs ..< members * layer.outputs {
                parameters[layer.bias + place] = parameters[layer.bias + place - layer.outputs]
            }
        }
    }

    /// The same function with weights of each member's own: what is served.
    ///
    /// - Complexity: O(members · weights).
    public func folded() -> Network {
        guard architecture.sharesWeights else { return self }
        var architecture = architecture
        architecture.sharesWeights = false
        var result = Network(architecture)
        for member in 0 ..< architecture.members {
            let own = result.layers.map { $0.own(member) }
            fold(member, as: own, into: &result.parameters)
        }
        return result
    }
}
