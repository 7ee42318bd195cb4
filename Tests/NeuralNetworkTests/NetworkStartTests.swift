import Kernels
import NeuralNetwork
import Testing

/// Where training starts from.
@Suite struct NetworkStartTests {
    private func started(_ architecture: Network.Architecture, seed: UInt64 = 3) -> Network {
        var generator = SeededGenerator(seed: seed)
        return Network(architecture, using: &generator)
    }

    /// Whether numbers fill ±limit and are centred.
    private func fills(_ limit: Float, _ numbers: [Float]) -> Bool {
        numbers.allSatisfy { abs($0) <= limit } && numbers.contains { $0 > 0.9 * limit }
            && numbers.contains { $0 < -0.9 * limit }
            && abs(numbers.reduce(0, +) / Float(numbers.count)) < 0.2 * limit
    }

    @Test(arguments: [1, 3]) func `rectifiers follow Glorot`(members: Int) {
        let network = started(.init(inputs: 30, hidden: [20], members: members))
        #expect(fills((6.0 / 50).squareRoot(), network["dense_0.weight"]))
        #expect(fills((6.0 / 21).squareRoot(), network["dense_1.weight"]))
        #expect((network["dense_0.bias"] + network["dense_1.bias"]).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [1, 3]) func `Gaussian units start within 1 over √inputs`(members: Int) {
        let network = started(
            .init(inputs: 30, hidden: [40, 50], activation: .gaussian, members: members)
        )
        for (number, inputs) in [30, 40, 50].enumerated() {
            let limit = 1 / Float(inputs).squareRoot()
            #expect(fills(limit, network["dense_\(number).weight"]))
            let bias = network["dense_\(number).bias"]
            #expect(bias.allSatisfy { abs($0) <= limit && $0 != 0 })
        }
        #expect(fills(1 / Float(30).squareRoot(), network["dense_0.bias"]))
        #expect(Set(network["dense_0.bias"]).count == 40 * members, "members differ")
    }

    @Test func `members that share weights differ by signs and by their answers`() {
        let network = started(
            .init(
                inputs: 30,
                hidden: [20, 10],
                activation: .gaussian,
                members: 8,
                sharesWeights: true
            )
        )
        let signs = network["dense_0.input_scale"]
        #expect(signs.allSatisfy { abs($0) == 1 })
        #expect(abs(signs.count { $0 < 0 } - 120) < 40)
        let members = (0 ..< 8).map { signs[$0 * 30 ..< $0 * 30 + 30] }
        #expect(Set(members).count == 8)
        for name in ["dense_0.output_scale", "dense_1.input_scale", "dense_1.output_scale"] {
            #expect(network[name].allSatisfy { $0 == 1 }, "\(name)")
        }
        for (name, inputs, width) in [("dense_0.bias", 30, 20), ("dense_1.bias", 20, 10)] {
            let bias = network[name]
            #expect(bias.allSatisfy { abs($0) <= 1 / Float(inputs).squareRoot() })
            for member in 1 ..< 8 {
                #expect(bias[member * width ..< (member + 1) * width].elementsEqual(bias[..<width]))
            }
        }
        #expect(fills(1 / Float(30).squareRoot(), network["dense_0.weight"]))
        #expect(fills(1 / Float(20).squareRoot(), network["dense_1.weight"]))
        #expect(Set(network["dense_2.weight"]).count == 80)
        #expect(Set(network["dense_2.bias"]).count == 8)
    }

    @Test(arguments: [true, false]) func `the seed decides`(shares: Bool) {
        let architecture = Network.Architecture(
            inputs: 4,
            hidden: [5],
            activation: .gaussian,
            members: 2,
            sharesWeights: shares
        )
        #expect(started(architecture) == started(architecture))
        #expect(started(architecture) != started(architecture, seed: 4))
    }
}
