import Kernels
import TestSupport
import Testing

private struct Reference: Decodable {
    var seed: String
    var stream: String
    var next: [String]
    var below10: [Int]
    var belowHuge: [String]
    var permutation: [Int32]

    func generator() throws -> SeededGenerator {
        SeededGenerator(
            seed: try #require(UInt64(seed)),
            stream: try #require(UInt64(stream))
        )
    }
}

@Suite struct SeededGeneratorTests {
    @Test func `numbers are those of an independent implementation`() throws {
        for reference in try fixture("generator", as: [Reference].self, in: .module) {
            var raw = try reference.generator()
            #expect(reference.next.map { _ in String(raw.next()) } == reference.next)
            var bounded = try reference.generator()
            #expect(reference.below10.map { _ in bounded.below(10) } == reference.below10)
            var huge = try reference.generator()
            #expect(
                reference.belowHuge.map { _ in String(huge.below(3 << 61)) } == reference.belowHuge
            )
            var order = try reference.generator()
            #expect(order.permutation(12) == reference.permutation)
        }
    }

    @Test(arguments: [1, 2, 3, 1_000]) func `a permutation holds every place once`(count: Int) {
        var generator = SeededGenerator(seed: 5)
        #expect(generator.permutation(count).sorted() == (0 ..< Int32(count)).map(\.self))
    }

    @Test func `a permutation of nothing is empty`() {
        var generator = SeededGenerator(seed: 5)
        #expect(generator.permutation(0).isEmpty)
    }

    @Test func `uniform numbers fill the unit interval evenly`() {
        var generator = SeededGenerator(seed: 11)
        var counts = [Int](repeating: 0, count: 20)
        for _ in 0 ..< 100_000 {
            let number = generator.uniform()
            #expect((0 ..< 1).contains(number))
            counts[min(19, Int(number * 20))] += 1
        }
        // Chi squared with 19 degrees of freedom exceeds 43.8 once in 1,000 seeds.
        let chiSquared = counts.reduce(0.0) { $0 + Double(($1 - 5_000) * ($1 - 5_000)) / 5_000 }
        #expect(chiSquared < 43.8)
    }

    @Test func `every permutation of three is as likely`() {
        var generator = SeededGenerator(seed: 13)
        var counts: [[Int32]: Int] = [:]
        for _ in 0 ..< 60_000 { counts[generator.permutation(3), default: 0] += 1 }
        #expect(counts.count == 6)
        for (order, count) in counts { #expect(abs(count - 10_000) < 400, "\(order)") }
    }

    @Test func `streams of one seed differ`() {
        var first = SeededGenerator(seed: 42, stream: 0)
        var second = SeededGenerator(seed: 42, stream: 1)
        #expect(first.next() != second.next())
    }
}
