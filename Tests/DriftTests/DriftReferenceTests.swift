import Drift
import Foundation
import Kernels
import Schema
import Tabular
import Testing

@Suite struct DriftReferenceTests {
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return encoder
    }()

    private func reference() -> DriftReference {
        let table = SmallTable.table(
            rows: 2_000,
            seed: 4,
            size: { $0 % 10 == 0 ? .nan : $1 },
            code: { $0 % 50 == 0 ? -2 : $1 }
        )
        let scores = (0 ..< 2_000).map { Float($0 % 97) / 97 }
        return DriftReference(
            SmallTable.profile(table, scores: scores),
            points: DriftReference.pointsInFolder
        )
    }

    @Test func `is read as it was written, and written the same`() throws {
        let reference = reference()
        let bytes = try encoder.encode(reference)
        let read = try JSONDecoder().decode(DriftReference.self, from: bytes)
        #expect(read == reference)
        #expect(try encoder.encode(read) == bytes)
        #expect(self.reference() == reference)
        #expect(reference.columns[0].rowCount == 2_000)
        #expect(reference.columns[0].missing == 200)
        #expect(reference.columns[0].sample?.distinct.count ?? 0 <= 512)
        #expect(reference.columns[1].filled == 2_000)
    }

    @Test func `thirteen columns of ten thousand rows take less than 300 kB`() throws {
        var schema = SmallTable.schema
        schema.columns = (0 ..< 13).map {
            ColumnSchema(
                name: "column \($0)",
                role: .feature,
                type: .number(minimum: nil, maximum: nil)
            )
        }
        var generator = SeededGenerator(seed: 1)
        let columns = (0 ..< 13).map { number -> (name: String, column: Column) in
            ("column \(number)", .number((0 ..< 10_000).map { _ in generator.uniform() - 0.5 }))
        }
        var profile = DriftProfile(schema)
        profile.add(
            Table(columns, rowCount: 10_000),
            scores: (0 ..< 10_000).map { _ in Float(generator.uniform()) }
        )
        let reference = DriftReference(profile, points: DriftReference.pointsInFolder)
        #expect(try encoder.encode(reference).count < 300_000)
        let errors = reference.columns.compactMap { $0.sample?.error }
        #expect(errors.count == 13 && errors.allSatisfy { $0 <= 0.001 })
    }

    @Test func `chance takes halves of a number as far as Kolmogorov says`() throws {
        let sample = SmallTable.profile(SmallTable.table(rows: 10_000, seed: 1))
        let chance = DriftReference(sample).columns[0].chance
        // 999 of 1,000 stay under 1.95 / √(n m / (n + m)).
        #expect(abs(chance.distribution - 1.9495 / 2_500.0.squareRoot()) < 0.0025)
        #expect(chance.missing == 0 && chance.unseen == 0)
        // A hundred times the rows, a tenth of the chance: the smaller sample that is split stands for it.
        let large = SmallTable.profile(SmallTable.table(rows: 1_000_000, seed: 1))
        let less = DriftReference(large).columns[0].chance.distribution
        #expect(abs(less - 1.9495 / 250_000.0.squareRoot()) < 0.000_25)
    }

    @Test(arguments: [
        ("\"missing\":200", "\"missing\":-1", "\"missing\" is no number of rows"),
        ("\"unseen\":40", "\"unseen\":9999999999", "\"unseen\" is no number of rows"),
        ("\"values\":[", "\"values\":[7,", "\"counts\" must be one for each value"),
        ("\"counts\":[", "\"counts\":[-3,", "\"counts\" must be numbers of rows"),
        ("\"counts\":[", "\"counts\":[900000000,900000000,", "\"counts\" add up to too many rows"),
        (
            "\"chance\":{\"distribution\":0", "\"chance\":{\"distribution\":9",
            "must lie from 0 to 1"
        ),
    ])
    func `a file that was changed is refused with a reason`(
        _ change: (found: String, put: String, reason: String)
    ) throws {
        let text = String(decoding: try encoder.encode(reference()), as: UTF8.self)
        let place = try #require(text.range(of: change.found))
        let changed = text.replacingCharacters(in: place, with: change.put)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(DriftReference.self, from: Data(changed.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.debugDescription.contains(change.reason))
    }
}
