import Kernels
import NeuralNetwork
import Testing

@Suite struct NetworkTests {
    @Test func `the seed has 291 parameters`() {
        let network = Network(.init(inputs: 16, hidden: [10, 10]))
        #expect(network.tensors.map(\.range.count).reduce(0, +) == 291)
        #expect(network.tensors.map(\.shape) == [[16, 10], [10], [10, 10], [10], [10, 1], [1]])
        #expect(network.parameters.count == 296)
        #expect(network.tensors.map(\.isRegularized) == [true, false, true, false, true, false])
        #expect(network.ordersPerBatch == 1)
    }

    @Test func `members of their own weights stack them`() {
        let network = Network(.init(inputs: 5, hidden: [4], members: 3))
        #expect(
            network.tensors.map { "\($0.name) \($0.shape)" } == [
                "dense_0.weight [3, 5, 4]", "dense_0.bias [3, 4]",
                "dense_1.weight [3, 4, 1]", "dense_1.bias [3, 1]",
            ]
        )
        #expect(network.ordersPerBatch == 3)
    }

    @Test func `members that share weights have scales and biases of their own`() {
        let network = Network(.init(inputs: 5, hidden: [4], members: 3, sharesWeights: true))
        #expect(
            network.tensors.map { "\($0.name) \($0.shape)" } == [
                "dense_0.weight [5, 4]", "dense_0.input_scale [3, 5]",
                "dense_0.output_scale [3, 4]", "dense_0.bias [3, 4]",
                "dense_1.weight [3, 4, 1]", "dense_1.bias [3, 1]",
            ]
        )
        #expect(network.tensors.map(\.isRegularized) == [true, true, true, false, true, false])
    }

    @Test(arguments: [([], 1), ([3], 2), ([65, 2], 1), ([65, 2], 16)], [true, false])
    func `tensors fill the arena in order`(sizes: (hidden: [Int], members: Int), shares: Bool) {
        let architecture = Network.Architecture(
            inputs: 7,
            hidden: sizes.hidden,
            members: sizes.members,
            sharesWeights: shares
        )
        let network = Network(architecture)
        var end = 0
        for tensor in network.tensors {
            #expect(tensor.range.lowerBound == end)
            #expect(tensor.range.count == tensor.shape.reduce(1, *))
            end = tensor.range.upperBound
        }
        #expect(network.parameters == [Float](repeating: 0, count: laneCount(rows: end)))
        #expect(architecture.tensors == network.tensors)
        let rows = madeUpRows(9, width: 7, seed: 1)
        #expect(network.probabilities(of: rows).allSatisfy { $0 == 0.5 })
    }

    @Test(
        arguments: [
            (.init(inputs: 1, hidden: []), true), (.init(inputs: 0, hidden: []), false),
            (.init(inputs: -1, hidden: [3]), false), (.init(inputs: 65_536, hidden: [3]), true),
            (.init(inputs: 65_537, hidden: [3]), false), (.init(inputs: 3, hidden: [0]), false),
            (.init(inputs: 3, hidden: [65_536]), true),
            (.init(inputs: 3, hidden: [9, 65_537]), false),
            (.init(inputs: 3, hidden: Array(repeating: 1, count: 64)), true),
            (.init(inputs: 3, hidden: Array(repeating: 1, count: 65)), false),
            (.init(inputs: 3, hidden: [], dropout: 0.99), true),
            (.init(inputs: 3, hidden: [], dropout: 1), false),
            (.init(inputs: 3, hidden: [], dropout: -0.1), false),
            (.init(inputs: 3, hidden: [], dropout: .nan), false),
            (.init(inputs: 3, hidden: [], members: 0), false),
            (.init(inputs: 3, hidden: [], members: 4_096), true),
            (.init(inputs: 3, hidden: [], members: 4_097), false),
        ] as [(Network.Architecture, Bool)]
    )
    func `architectures have bounds`(architecture: Network.Architecture, isValid: Bool) {
        #expect(architecture.isValid == isValid)
    }

    @Test func `an architecture out of bounds stops`() async {
        await #expect(processExitsWith: .failure) { _ = Network(.init(inputs: 0, hidden: [])) }
    }
}
