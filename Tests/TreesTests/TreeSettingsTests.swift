import Testing
import Trees

@Suite struct TreeSettingsTests {
    @Test(arguments: [(2_999, 0.03, 100), (3_000, 0.06, 50)])
    func `few rows are grown over in small steps, with twice the patience`(
        rows: Int,
        rate: Double,
        patience: Int
    ) {
        let ways = TreeSettings.ways(columns: 20, rows: rows)
        #expect(ways.count == 5)
        for way in ways where way.shape == .symmetric {
            #expect(way.learningRate == rate)
            #expect(way.patience == patience)
        }
    }

    @Test func `tables of very many columns are grown neither eight levels deep nor leaf by leaf`()
    {
        for rows in [100, 100_000] {
            let few = TreeSettings.ways(columns: 256, rows: rows)
            #expect(few.contains { $0.depths == [8] } && few.contains(.leafByLeaf))
            let many = TreeSettings.ways(columns: 257, rows: rows)
            #expect(!many.contains { $0.depths == [8] } && !many.contains(.leafByLeaf))
            #expect(many.count == 3)
        }
    }

    @Test func `no two ways are the same`() {
        for rows in [100, 100_000] {
            let ways = TreeSettings.ways(columns: 5, rows: rows)
            for (place, way) in ways.enumerated() { #expect(!ways[..<place].contains(way)) }
        }
    }
}
