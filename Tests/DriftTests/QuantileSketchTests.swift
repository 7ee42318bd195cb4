import Drift
import Kernels
import Testing

@Suite struct QuantileSketchTests {
    /// In batches of an odd size, as a file comes.
    private func sketch(
        _ stream: Stream,
        _ range: Range<Int>,
        of count: Int,
        capacity: Int
    ) -> QuantileSketch {
        var sketch = QuantileSketch(capacity: capacity)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 9_001) {
            let end = min(start + 9_001, range.upperBound)
            var batch = QuantileSketch(capacity: capacity)
            batch.insert(stream.rows(start ..< end, of: count))
            sketch.merge(batch)
        }
        return sketch
    }

    private func check(_ sketch: QuantileSketch, _ stream: Stream, of count: Int) throws {
        let sample = try #require(sketch.sample)
        #expect(sketch.rowCount == count)
        #expect(sample.rowCount == count)
        #expect(sample.rankError == sketch.rankError)
        #expect(sample.largestError(stream, of: count) <= sketch.rankError)
        let worst = QuantileSketch.worstError(rows: count, capacity: sketch.capacity)
        #expect(Double(sketch.rankError) <= worst * Double(count))
    }

    @Test(arguments: Stream.allCases, [1, 2, 63, 64, 65, 1_000, 30_011, 300_007])
    func `no rank of a stream is off by more than is said`(_ stream: Stream, count: Int) throws {
        for capacity in [2, 64, 1_024] {
            let sketch = sketch(stream, 0 ..< count, of: count, capacity: capacity)
            try check(sketch, stream, of: count)
            #expect(sketch.rankError == 0 || count - stream.zeros(count) > capacity)
        }
    }

    @Test(arguments: [Stream.scrambled, .zeroInflated])
    func `ten million rows keep their ranks to a third of a thousandth`(_ stream: Stream) throws {
        let count = 10_000_019
        let sketch = sketch(
            stream,
            0 ..< count,
            of: count,
            capacity: QuantileSketch.usualCapacity
        )
        try check(sketch, stream, of: count)
        let sample = try #require(sketch.sample)
        #expect(sample.error < 0.000_33)
        #expect(sample.distinct.count < 12 * QuantileSketch.usualCapacity)
        // The zeros are a rank, too.
        #expect(abs(sample.ranks[0] - stream.rank(0, of: count)) <= sketch.rankError)
    }

    /// Sketches of very different lengths, joined two by two at random.
    @Test(arguments: Stream.allCases, 0 ..< 6 as Range<UInt64>)
    func `no way of merging breaks the bound`(_ stream: Stream, seed: UInt64) throws {
        let count = 100_003
        var generator = SeededGenerator(seed: seed)
        var cuts = [0, count]
        for _ in 0 ..< 60 {
            let start = generator.below(count)
            cuts += [start, min(count, start + generator.below(30))]
        }
        cuts.sort()
        var parts = zip(cuts, cuts.dropFirst()).map { start, end in
            sketch(stream, start ..< end, of: count, capacity: 128)
        }
        while parts.count > 1 {
            let one = parts.remove(at: generator.below(parts.count))
            // Chains, where the seed is even, else trees.
            let other = seed % 2 == 0 ? 0 : generator.below(parts.count)
            parts[other].merge(one)
        }
        try check(parts[0], stream, of: count)
    }

    @Test(arguments: Shape.allCases)
    func `few distinct values are exact, however many rows`(_ shape: Shape) throws {
        let values = shape.sample(20_000, seed: 1)
        let sample = try OrderedSample(values, role: .reference)
        var sketch = QuantileSketch(capacity: sample.distinct.count + sample.distinct.count % 2 + 2)
        for start in stride(from: 0, to: values.count, by: 777) {
            sketch.insert(Array(values[start ..< min(start + 777, values.count)]))
        }
        #expect(sketch.sample == sample)
        #expect(sketch.rankError == 0)
    }

    @Test func `what is not a number is left out`() {
        var sketch = QuantileSketch()
        sketch.insert([.nan])
        #expect(sketch.sample == nil)
        #expect(sketch.rowCount == 0)
        sketch.merge(QuantileSketch())
        sketch.insert([3, .nan, -0.0, 0])
        #expect(sketch.sample?.rows == [0, 0, 3])
        #expect(sketch.sample?.distinct[0].sign == .plus)
    }

    @Test func `the stated bounds are those of the documentation`() {
        #expect(QuantileSketch.worstError(rows: 16_383) == 0)
        #expect(abs(QuantileSketch.worstError(rows: 10_000_000) - 0.000_61) < 0.000_005)
        #expect(abs(QuantileSketch.worstError(rows: 1_000_000_000) - 0.000_98) < 0.000_005)
    }
}
