import Kernels

extension Network {
    /// Where one layer of all members lies in the arena.
    struct Layer: Equatable, Sendable {
        /// Width of the input.
        let inputs: Int
        /// Width of the output.
        let outputs: Int
        /// Offset of the weights: [inputs, outputs] where they are shared, else a stack over members.
        let weights: Int
        /// Offset of r [members, inputs] and s [members, outputs]; nil where weights are not shared.
        let scales: (inputs: Int, outputs: Int)?
        /// Offset of the biases, [members, outputs].
        let bias: Int

        static func == (one: Self, other: Self) -> Bool {
            one.weights == other.weights && one.bias == other.bias && one.inputs == other.inputs
                && one.outputs == other.outputs && one.scales?.inputs == other.scales?.inputs
        }

        /// A member's weights and bias, where they are its own.
        func own(_ member: Int) -> DenseShape {
            DenseShape(
                inputs: inputs,
                outputs: outputs,
                weights: weights + member * inputs * outputs,
                bias: bias + member * outputs
            )
        }

        /// A member's view of the shared weights; nil where they are its own.
        func shared(_ member: Int) -> SharedLayer? {
            scales.map {
                SharedLayer(
                    inputs: inputs,
                    outputs: outputs,
                    weights: weights,
                    inputScale: $0.inputs + member * inputs,
                    outputScale: $0.outputs + member * outputs
                )
            }
        }
    }

    /// Lays tensors one after the other.
    struct Layout {
        private(set) var tensors: [Tensor] = []
        private(set) var layers: [Layer] = []
        private(set) var end = 0

        init(_ architecture: Architecture) {
            var inputs = architecture.inputs
            for (number, outputs) in (architecture.hidden + [1]).enumerated() {
                let shares = architecture.sharesWeights && number < architecture.hidden.count
                layers.append(
                    layer(
                        number,
                        inputs: inputs,
                        outputs: outputs,
                        members: architecture.members,
                        shares: shares
                    )
                )
                inputs = outputs
            }
        }

        private mutating func layer(
            _ number: Int,
            inputs: Int,
            outputs: Int,
            members: Int,
            shares: Bool
        ) -> Layer {
            let stack = members == 1 ? [] : [members]
            let weights = tensor(
                "dense_\(number).weight",
                (shares ? [] : stack) + [inputs, outputs],
                isRegularized: true
            )
            var scales: (Int, Int)?
            if shares {
                scales = (
                    tensor("dense_\(number).input_scale", [members, inputs], isRegularized: true),
                    tensor("dense_\(number).output_scale", [members, outputs], isRegularized: true)
                )
            }
            let bias = tensor("dense_\(number).bias", stack + [outputs], isRegularized: false)
            return Layer(
                inputs: inputs,
                outputs: outputs,
                weights: weights,
                scales: scales,
                bias: bias
            )
        }

        private mutating func tensor(_ name: String, _ shape: [Int], isRegularized: Bool) -> Int {
            let start = end
            end += shape.reduce(1, *)
            tensors.append(
                Tensor(name: name, shape: shape, range: start ..< end, isRegularized: isRegularized)
            )
            return start
        }
    }
}
