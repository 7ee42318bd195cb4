import Drift
import Kernels
import Schema
import Tabular
import Testing

@Suite struct RowSampleTests {
    /// Rows that carry their own number.
    private func table(_ rows: Range<Int>) -> Table {
        SmallTable.table(rows.map(Double.init), rows.map { Int32($0 % 5) - 2 })
    }

    private func sample(_ rows: Range<Int>, capacity: Int = 100) -> RowSample {
        var sample = RowSample(SmallTable.schema, capacity: capacity)
        sample.add(table(rows), first: rows.lowerBound)
        return sample
    }

    @Test(arguments: 0 ..< 12 as Range<UInt64>)
    func `any parts, merged in any order, give the same sample`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 1 + generator.below(3_000)
        let whole = sample(0 ..< count)
        var cuts = [0, count] + (0 ..< generator.below(40)).map { _ in generator.below(count) }
        cuts.sort()
        let ranges = zip(cuts, cuts.dropFirst()).map { $0 ..< $1 }
        var one = RowSample(SmallTable.schema, capacity: 100)
        for range in ranges { one.add(table(range), first: range.lowerBound) }
        #expect(one == whole)
        var parts = ranges.map { sample($0) }
        while parts.count > 1 {
            let part = parts.remove(at: generator.below(parts.count))
            parts[generator.below(parts.count)].merge(part)
        }
        #expect(parts[0] == whole)
        #expect(whole.count == min(count, 100) && whole.rows.count == whole.count)
    }

    @Test func `few rows are all kept, as they are`() {
        let sizes = [1.5, .nan, .infinity, -0.0]
        var sample = RowSample(SmallTable.schema, capacity: 4)
        sample.add(SmallTable.table(sizes, [-1, -2, 0, 2]), first: 0)
        let rows = sample.rows
        #expect(rows.count == 4)
        let pairs = (0 ..< 4).map { "\(rows.values[2 * $0]) \(rows.values[2 * $0 + 1])" }
        #expect(Set(pairs) == ["1.5 -1.0", "nan -2.0", "inf 0.0", "-0.0 2.0"])
    }

    @Test func `every row has the same chance`() {
        let rows = sample(0 ..< 100_000, capacity: 10_000).rows
        let numbers = (0 ..< rows.count).map { rows.values[2 * $0] }
        #expect(Set(numbers).count == 10_000)
        // The deviation of a tenth of the file is 28.
        for tenth in 0 ..< 10 {
            let count = numbers.count { Int($0) / 10_000 == tenth }
            #expect(abs(count - 1_000) < 150)
        }
        // Neither do the first of the sample stem from the beginning of the file.
        let mean = numbers.prefix(5_000).reduce(0, +) / 5_000
        #expect(abs(mean - 50_000) < 2_000)
    }

    @Test func `a boolean has codes`() {
        let schema = Schema(
            target: .init(column: "left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "active", role: .feature, type: .boolean(no: "0", yes: "1"))
            ]
        )
        var sample = RowSample(schema, capacity: 10)
        let column = Column.level(codes: [0, 1, -1], levels: ["0", "1"])
        sample.add(Table([("active", column)], rowCount: 3), first: 0)
        #expect(sample.columns[0].hasLevels)
        #expect(sample.rows.values.sorted() == [-1, 0, 1])
    }

    @Test func `a wide file keeps fewer rows`() {
        #expect(RowSample.usualCapacity(columns: 13) == 10_000)
        #expect(RowSample.usualCapacity(columns: 500) == 4_000)
        #expect(RowSample.usualCapacity(columns: 100_000) == 1_000)
    }
}
