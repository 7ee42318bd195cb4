import Kernels

extension Workbench {
    /// The three matrix products of a layer of the ensembles, 64 by 64, on one member's batch of 128 rows.
    func kernels(_ stopwatch: Stopwatch) -> [Measurement] {
        let shape = DenseShape(inputs: 64, outputs: 64, weights: 0)
        let input = Block(offset: 0, units: 64, lanes: 128)
        let output = Block(offset: input.end, units: 64, lanes: 128)
        var generator = SeededGenerator(seed: 1)
        func numbers(_ count: Int) -> [Float] {
            (0 ..< count).map { _ in Float(generator.uniform() - 0.5) }
        }
        let parameters = numbers(shape.end)
        let start = numbers(output.end)
        let rounds = 5_000
        let work = Double(rounds * 2 * 64 * 64 * 128)
        func measured(
            _ name: String,
            _ title: String,
            _ run: (inout [Float]) -> Void
        ) -> Measurement {
            var values = start
            let seconds = stopwatch.seconds {
                for _ in 0 ..< rounds { run(&values) }
            }
            return Measurement(
                "kernels.\(name)",
                "matrix product of the ensembles: \(title), 1 core",
                unit: "GFLOP/s",
                values: seconds.map { work / $0 / 1e9 }
            )
        }
        var gradients = [Float](repeating: 0, count: shape.end)
        return [
            measured("forward", "forward") {
                denseForward(
                    shape,
                    parameters: parameters,
                    workspace: &$0,
                    input: input,
                    output: output,
                    rectified: false
                )
            },
            measured("backward", "back to the inputs") {
                denseBackward(
                    shape,
                    parameters: parameters,
                    workspace: &$0,
                    gradient: input,
                    passage: .derivative(input),
                    result: output
                )
            },
            measured("gradients", "back to the weights") {
                denseGradients(
                    shape,
                    workspace: $0,
                    input: input,
                    gradient: output,
                    gradients: &gradients
                )
            },
        ]
    }
}
