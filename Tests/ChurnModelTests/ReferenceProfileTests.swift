import ChurnModel
import Testing

struct ReferenceProfileTests {
    @Test func `describes numbers, levels, booleans, nulls and scores`() throws {
        let small = try SmallModel()
        let profile = small.reference
        #expect(profile.rowCount == 101)
        #expect(profile.features.map(\.name) == ["Country", "Age", "Active", "Card"])

        let country = profile.features[0]
        #expect(country.nulls == 0 && country.number == nil)
        #expect(country.levels?.map(\.count) == [34, 33, 33, 1])
        #expect(country.levels?.map(\.level) == ["Bob's \"Île\"", "Germany", "Spain", nil])

        let age = profile.features[1]
        let number = try #require(age.number)
        #expect(age.nulls == 1 && age.levels == nil)
        #expect(number.count == 100 && number.mean == 69.5)
        #expect(number.minimum == 20 && number.maximum == 119)
        #expect(number.isWhole)
        // Of 20, 21, … 119: √((100² - 1) / 12).
        #expect(abs(number.deviation - 28.86607004772212) < 1e-12)
        #expect(number.quantiles.count == 101)
        // numpy.quantile(range(20, 120), [0, 0.01, 0.5, 0.99, 1])
        let picked = [0, 1, 50, 99, 100].map { number.quantiles[$0] }
        #expect(zip(picked, [20, 20.99, 69.5, 118.01, 119]).allSatisfy { abs($0 - $1) < 1e-12 })

        #expect(profile.features[2].levels?.map(\.count) == [51, 50])
        #expect(profile.features[3].levels?.map(\.level) == ["no", "yes"])

        let scores = try small.model.predict(small.table)
        #expect(profile.scoreQuantiles.count == 101)
        // 101 rows: each quantile is one of them.
        #expect(profile.scoreQuantiles == scores.sorted().map(Double.init))
    }
}
