/// The dense layer as the formula has it, one number at a time: the reference of the fast kernels.
package enum DenseReference {
    /// output[j] = act(b[j] + Σᵢ W[i, j] · input[i]) per lane, i in order, fused.
    package static func forward(
        _ shape: DenseShape,
        parameters: [Float],
        input: [Float],
        lanes: Int,
        rectified: Bool
    ) -> [Float] {
        var output: [Float] = []
        for j in 0 ..< shape.outputs {
            for lane in 0 ..< lanes {
                var sum = parameters[shape.bias + j]
                for i in 0 ..< shape.inputs {
                    let weight = parameters[shape.weights + i * shape.outputs + j]
                    sum.addProduct(weight, input[i * lanes + lane])
                }
                output.append(rectified && sum < 0 ? 0 : sum)
            }
        }
        return output
    }

    /// dInput[i] = Σⱼ W[i, j] · dOutput[j] where the input is positive, times `scale`, j in order, fused.
    package static func backward(
        _ shape: DenseShape,
        parameters: [Float],
        gradient: [Float],
        activation: [Float],
        lanes: Int,
        scale: Float
    ) -> [Float] {
        var result: [Float] = []
        for i in 0 ..< shape.inputs {
            for lane in 0 ..< lanes {
                var sum: Float = 0
                for j in 0 ..< shape.outputs {
                    let weight = parameters[shape.weights + i * shape.outputs + j]
                    sum.addProduct(weight, gradient[j * lanes + lane])
                }
                result.append(activation[i * lanes + lane] > 0 ? sum * scale : 0)
            }
        }
        return result
    }

    /// dW[i, j] = Σ over lanes of input[i] · dOutput[j], each eighth lane in a sum of its own and the
    /// eight added by halves; db[j] alike with 1 for the input.
    package static func gradients(
        _ shape: DenseShape,
        input: [Float],
        gradient: [Float],
        lanes: Int
    ) -> [Float] {
        func sum(_ term: (_ lane: Int, inout Float) -> Void) -> Float {
            var partial = [Float](repeating: 0, count: 8)
            for lane in 0 ..< lanes { term(lane, &partial[lane % 8]) }
            let four = (0 ..< 4).map { partial[$0] + partial[$0 + 4] }
            return (four[0] + four[2]) + (four[1] + four[3])
        }
        var result: [Float] = []
        for i in 0 ..< shape.inputs {
            for j in 0 ..< shape.outputs {
                result.append(
                    sum { $1.addProduct(input[i * lanes + $0], gradient[j * lanes + $0]) }
                )
            }
        }
        for j in 0 ..< shape.outputs { result.append(sum { $1 += gradient[j * lanes + $0] }) }
        return result
    }
}
