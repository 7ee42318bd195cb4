import Features
import Schema
import Tabular
import Testing

/// Values that can't stand beside the others count as the nearest of them, and as beyond.
@Suite struct ExtremesTests {
    private let ordinary = (0 ..< 300).map { Double($0 % 101) + 0.25 }

    private func fit(_ extremes: [Double], _ encoding: FeatureEncoding) throws -> FittedFeatures {
        let values = ordinary + extremes
        let (table, schema) = numbers([("Limit", values)])
        return try FeaturePlan(schema, encoding: encoding)
            .fit(table, labels: values.indices.map { $0 % 3 == 0 || values[$0] > 60 })
    }

    @Test(
        arguments: FeatureEncoding.allCases,
        [
            [1e20], [1e200, -1e200], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
            [-.greatestFiniteMagnitude],
        ]
    )
    func `all is finite, and the rest of the column is what it was`(
        encoding: FeatureEncoding,
        extremes: [Double]
    ) throws {
        let fitted = try fit(extremes, encoding)
        let names = fitted.encodedNames
        #expect(names.contains("Limit_beyond") == extremes.contains { $0 > 0 })
        #expect(names.contains("Limit_beneath") == extremes.contains { $0 < 0 })
        #expect(fitted.encodedColumns.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite })
        let asked = [0.25, 50.25, 100.25] + extremes
        let (table, _) = numbers([("Limit", asked)])
        let matrix = try fitted.encode(table)
        #expect(matrix.values.allSatisfy { $0.isFinite })
        let indicators = names.indices.filter {
            names[$0].hasSuffix("_beyond") || names[$0].hasSuffix("_beneath")
        }
        for (row, value) in asked.enumerated().dropFirst(3) {
            let nearest = value > 0 ? 2 : 0
            for column in names.indices where !indicators.contains(column) {
                #expect(
                    matrix[row: row, column: column] == matrix[row: nearest, column: column],
                    "\(value) in \(names[column])"
                )
            }
            #expect(
                indicators.contains { matrix[row: row, column: $0] != matrix[row: 0, column: $0] }
            )
        }
        // Ordinary values lie as far apart as they did without.
        let spread = names.indices.filter { !indicators.contains($0) }.map {
            abs(matrix[row: 2, column: $0] - matrix[row: 0, column: $0])
        }
        #expect(spread.reduce(0, +) > 2)
    }

    @Test(arguments: FeatureEncoding.allCases)
    func `a column of nothing else has indicators alone`(encoding: FeatureEncoding) throws {
        let values = (0 ..< 60).map { $0 % 4 == 0 ? -1e300 : 1e300 }
        let (table, schema) = numbers([("Limit", values), ("Age", (0 ..< 60).map(Double.init))])
        let fitted = try FeaturePlan(schema, encoding: encoding)
            .fit(table, labels: values.indices.map { $0 % 2 == 0 })
        #expect(try fitted.encode(table).values.allSatisfy { $0.isFinite })
    }

    @Test(arguments: FeatureEncoding.allCases)
    func `zeros of either sign and denormals are zeros`(encoding: FeatureEncoding) throws {
        let values =
            ordinary + [
                0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
            ]
        let (table, schema) = numbers([("Limit", values)])
        let fitted = try FeaturePlan(schema, encoding: encoding)
            .fit(table, labels: values.indices.map { $0 % 3 == 0 || values[$0] > 60 })
        #expect(!fitted.encodedNames.contains("Limit_beyond"))
        let matrix = try fitted.encode(table)
        #expect(matrix.values.allSatisfy { $0.isFinite })
        for column in fitted.encodedNames.indices {
            let zeros = (300 ..< 305).map { matrix[row: $0, column: column] }
            #expect(Set(zeros).count == 1, "\(fitted.encodedNames[column])")
        }
    }
}
