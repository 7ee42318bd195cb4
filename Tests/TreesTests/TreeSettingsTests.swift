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
        #expect(ways.count == 4)
        for way in ways {
            #expect(way.learningRate == rate)
            #expect(way.patience == patience)
        }
    }

    @Test func `tables of very many columns are not grown eight levels deep`() {
        for rows in [100, 100_000] {
            #expect(TreeSettings.ways(columns: 256, rows: rows).contains { $0.depths == [8] })
            #expect(!TreeSettings.ways(columns: 257, rows: rows).contains { $0.depths == [8] })
        }
    }

    @Test func `no two ways are the same`() {
        for rows in [100, 100_000] {
            let ways = TreeSettings.ways(columns: 5, rows: rows)
            for (place, way) in ways.enumerated() { #expect(!ways[..<place].contains(way)) }
        }
    }
}
