import Drift
import Foundation
import Testing

@Suite struct SequentialDriftErrorTests {
    private static let column = SequentialDrift.Column(
        name: "a",
        reference: [5, 5],
        leastEffect: 0.1
    )

    @Test(
        arguments: [
            ([], SequentialDrift.Settings(), "there is no column to watch"),
            ([column, column], .init(), "two columns are called \"a\""),
            ([.init(name: "b", reference: [5], leastEffect: 0)], .init(), "\"b\": 1 categories"),
            ([.init(name: "b", reference: [0, 0], leastEffect: 0)], .init(), "no rows"),
            ([.init(name: "b", reference: [3, -1], leastEffect: 0)], .init(), "negative"),
            ([.init(name: "b", reference: [3, 1], leastEffect: .nan)], .init(), "effect is nan"),
            ([column], .init(falseAlarms: 0), "false alarm is 0.0"),
            ([column], .init(falseAlarms: 1), "false alarm is 1.0"),
            ([column], .init(horizon: 0), "horizon is 0"),
            ([column], .init(window: .init(rows: 0)), "rows is 0"),
            ([column], .init(window: .init(looks: -1)), "looks is -1"),
        ] as [([SequentialDrift.Column], SequentialDrift.Settings, String)]
    )
    func `what can't be watched is refused with a reason`(
        _ columns: [SequentialDrift.Column],
        _ settings: SequentialDrift.Settings,
        _ reason: String
    ) throws {
        let error = try #require(throws: SequentialDriftError.self) {
            _ = try SequentialDrift(columns, settings: settings, seed: 1)
        }
        #expect(error.description.hasPrefix("live drift: "))
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test(
        arguments: [
            ([[1, 2], [3, 4]], "2 columns were counted, but 1 are watched"),
            ([[1, 2, 3]], "\"a\" was counted in 3 categories; its reference has 2"),
            ([[1, -2]], "\"a\" has the count -2"),
        ] as [([[Int]], String)]
    )
    func `traffic of other columns is refused and changes nothing`(
        _ counts: [[Int]],
        _ reason: String
    ) throws {
        var drift = try SequentialDrift([Self.column], seed: 1)
        let before = drift
        let error = try #require(throws: SequentialDriftError.self) { _ = try drift.look(counts) }
        #expect(error.description.contains(reason), "\(error)")
        #expect(drift == before)
    }

    @Test(
        arguments: [
            ("\"bag\":[5,5]", "\"bag\":[5]"), ("\"bag\":[5,5]", "\"bag\":[5,-5]"),
            ("\"horizon\":8760", "\"horizon\":-1"), ("\"looks\":0", "\"looks\":-3"),
            ("\"reference\":[5,5]", "\"reference\":[5]"),
            ("\"leastEffect\":0.1", "\"leastEffect\":7"),
        ]
    )
    func `a damaged state is refused`(_ part: String, _ damage: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try String(
            decoding: encoder.encode(SequentialDrift([Self.column], seed: 1)),
            as: UTF8.self
        )
        let damaged = text.replacingOccurrences(of: part, with: damage)
        #expect(damaged != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SequentialDrift.self, from: Data(damaged.utf8))
        }
    }
}
