import FoundationEssentials
import Search
import Testing

private let unsearchable: [([Dimension], String)] = [
    ([], "the search space has no dimension; name at least one"),
    ([.real("", 0 ... 1)], "dimension 1 of the search space has no name; give it one"),
    (
        [.real("a", 0 ... 1), .choice("a", ["x"])],
        "the search space names \"a\" twice; remove one"
    ),
    (
        [.real("a", 0 ... 1, log: true)],
        "dimension \"a\" is on a log scale and must start above 0, not at 0.0"
    ),
    (
        [.integer("a", 0 ... 1, log: true)],
        "dimension \"a\" is on a log scale and must start above 0, not at 0"
    ),
    (
        [.real("a", 0 ... .infinity)],
        "dimension \"a\" needs finite bounds, not 0.0 and inf"
    ),
    (
        [.integer("a", 0 ... .max)], "dimension \"a\" needs bounds from -2^53 to 2^53"
    ),
    ([.choice("a", [])], "dimension \"a\" has nothing to choose from"),
    ([.choice("a", ["x", "x"])], "dimension \"a\" names a choice twice"),
]

private let outside: [(Point, String)] = [
    (["rate": 0.5], "layers is missing; it must be a whole number from 1 to 3"),
    (
        ["rate": 2, "layers": 1, "unit": "relu"],
        "rate is 2; it must be from 0.0 to 1.0"
    ),
    (
        ["rate": .real(.nan), "layers": 1, "unit": "relu"],
        "rate is nan; it must be from 0.0 to 1.0"
    ),
    (
        ["rate": 1, "layers": 1.5, "unit": "relu"],
        "layers is 1.5; it must be a whole number from 1 to 3"
    ),
    (
        ["rate": 1, "layers": 1, "unit": "cosine"],
        "unit is \"cosine\"; it must be one of relu, tanh"
    ),
    (
        ["rate": 1, "layers": 1, "unit": 3],
        "unit is 3; it must be one of relu, tanh"
    ),
    (
        ["rate": 1, "layers": 1, "unit": "relu", "x": 1],
        "\"x\" is no dimension; known are rate, layers, unit"
    ),
]

@Suite struct SearchSpaceTests {
    @Test(
        arguments: unsearchable
    )
    func `says what can't be searched`(dimensions: [Dimension], message: String) {
        let error = #expect(throws: SearchError.self) { _ = try SearchSpace(dimensions) }
        #expect(error?.description == message)
    }

    @Test(
        arguments: outside
    )
    func `says what is wrong with a point`(point: Point, message: String) throws {
        let space = try Self.space
        let error = #expect(throws: SearchError.self) { _ = try space.checked(point) }
        #expect(error?.description == "the point is not in the search space: " + message)
    }

    @Test func `a point is written in the order of the space`() throws {
        let point = try Self.space.checked(["unit": "tanh", "layers": 2.0, "rate": 1])
        #expect(point.json == #"{"rate":1.0,"layers":2,"unit":"tanh"}"#)
        #expect(point.real("rate") == 1 && point.real("layers") == 2)
        #expect(point.integer("layers") == 2 && point.integer("rate") == nil)
        #expect(point.choice("unit") == "tanh" && point.choice("rate") == nil)
        #expect(point["nothing"] == nil && point.real("unit") == nil)
    }

    @Test(arguments: [1e-5, 0.006, 1, 1.0 / 3, 0.1 + 0.2, .ulpOfOne])
    func `a point survives JSON`(rate: Double) throws {
        let space = try Self.space
        let point = try space.checked(["rate": .real(rate), "layers": 3, "unit": "relu"])
        let read = try JSONDecoder().decode(Point.self, from: Data(point.json.utf8))
        #expect(try space.checked(read) == point)
        let again = try JSONDecoder().decode(Point.self, from: JSONEncoder().encode(point))
        #expect(try space.checked(again) == point)
    }

    @Test func `any text survives JSON`() throws {
        let word = "a\"\\\n\u{1F600}ü\u{7F}"
        let space = try SearchSpace([.choice(word, [word])])
        let point = try space.checked(Point(dictionaryLiteral: (word, .choice(word))))
        #expect(point.json.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        #expect(try JSONDecoder().decode(Point.self, from: Data(point.json.utf8)) == point)
    }

    static var space: SearchSpace {
        get throws {
            try SearchSpace([
                .real("rate", 0 ... 1), .integer("layers", 1 ... 3),
                .choice("unit", ["relu", "tanh"]),
            ])
        }
    }
}
