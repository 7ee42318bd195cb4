import Schema
import Testing

/// Every way in which a person can get `retain.yaml` wrong, and what they are told.
@Suite struct YAMLProblemTests {
    private static let good = """
        version: 1
        target:
          column: Left
          positive: 1
          negative: 0
        identifier: Id
        null_values: [NA]
        columns:
          Id:
            role: identifier
            type: text
          Age:
            role: feature
            type: number
            minimum: 0
            nulls: error
          Plan:
            role: feature
            type: levels
            levels: [A, B]
            unseen: other
          Left:
            role: target
        """

    private func message(_ yaml: String) -> String {
        do {
            _ = try SchemaYAMLTests.read(yaml)
            return "no error"
        } catch { return error.description }
    }

    @Test func `the good file is good`() throws {
        let schema = try SchemaYAMLTests.read(Self.good)
        #expect(schema.target == .init(column: "Left", positive: "1", negative: "0"))
        #expect(schema.columns.map(\.name) == ["Id", "Age", "Plan", "Left"])
        #expect(schema.columns[2].unseen == .other)
        #expect(schema.columns[1].type == .number(minimum: 0, maximum: nil))
    }

    @Test(
        arguments: [
            (
                "version: 1", "version: 2",
                "1:10: version: 2 is not known; this retain reads version 1"
            ),
            (
                "version: 1", "version: 1\nhorizon: 90",
                "2:10: horizon: \"90\" must be a number of days from 1d to 3650d, such as 90d"
            ),
            (
                "version: 1", "version: 1\nhorizon: 0d",
                "2:10: horizon: \"0d\" must be a number of days from 1d to 3650d, such as 90d"
            ),
            (
                "version: 1", "version: 1\nhorizont: 9d",
                "2:1: unknown key \"horizont\"; did you mean \"horizon\"?"
            ),
            ("version: 1", "version: one", "1:10: version: \"one\" must be a whole number"),
            ("version: 1\n", "", "1:1: the key \"version\" is missing"),
            ("version: 1", "verson: 1", "1:1: unknown key \"verson\"; did you mean \"version\"?"),
            ("  positive: 1\n", "", "3:3: target: the key \"positive\" is missing"),
            ("positive: 1", "positive: 0", "5:13: target.negative: must differ from positive"),
            (
                "positive: 1", "positive:",
                "4:12: target.positive: has no value; write one after the colon"
            ),
            (
                "positive: 1", "positive: [1]",
                "4:13: target.positive: must be a single text; this is a list"
            ),
            (
                "column: Left", "column: left",
                "3:3: target: the target is \"left\"; it is not listed under columns; did you mean \"Left\"?"
            ),
            (
                "column: Left", "column: Age",
                "3:3: target: the target is \"Age\"; give it, and no other column, role: target"
            ),
            (
                "identifier: Id", "identifier: Age",
                "6:13: identifier: \"Age\" must be a column with role: identifier"
            ),
            (
                "null_values: [NA]", "null_values: NA",
                "7:14: null_values: must be a list like [a, b]; this is the text \"NA\""
            ),
            (
                "    role: feature\n    type: number", "    rolle: feature\n    type: number",
                "13:5: columns.Age: unknown key \"rolle\"; did you mean \"role\"?"
            ),
            (
                "minimum: 0", "minimun: 0",
                "15:5: columns.Age: unknown key \"minimun\"; did you mean \"minimum\"?"
            ),
            (
                "minimum: 0", "colour: 0",
                "15:5: columns.Age: unknown key \"colour\"; known are role, type, minimum, maximum, format, nulls, null_values, outside, leak, privacy"
            ),
            ("minimum: 0", "minimum: low", "15:14: columns.Age.minimum: \"low\" must be a number"),
            (
                "minimum: 0", "minimum: .inf",
                "15:14: columns.Age.minimum: \".inf\" must be a number"
            ),
            (
                "minimum: 0", "minimum: 9\n    maximum: 3",
                "16:14: columns.Age.maximum: must not be below minimum"
            ),
            (
                "nulls: error", "nulls: imput",
                "16:12: columns.Age.nulls: \"imput\" is none of error, impute; did you mean \"impute\"?"
            ),
            ("nulls: error", "leak: yes", "16:11: columns.Age.leak: \"yes\" is none of allowed"),
            (
                "type: text", "type: text\n    leak: allowed",
                "12:11: columns.Id.leak: allowed makes sense only with role: feature"
            ),
            (
                "type: number\n    minimum: 0", "type: text",
                "14:11: columns.Age.type: text can't be a feature; list its levels with type: levels, or use role: ignored"
            ),
            (
                "levels: [A, B]", "levels: []",
                "20:13: columns.Plan.levels: needs at least one level"
            ),
            (
                "levels: [A, B]", "levels: [A, A]",
                "20:13: columns.Plan.levels: lists \"A\" twice; remove one"
            ),
            (
                "levels: [A, B]", "levels: [A, [B]]",
                "20:17: columns.Plan.levels: must be a single text; this is a list"
            ),
            (
                "type: levels\n    levels: [A, B]\n    unseen: other",
                "type: boolean\n    levels: [A, B, C]",
                "20:13: columns.Plan.levels: a boolean has two levels: first no, then yes"
            ),
            (
                "role: target", "role: target\n    type: number",
                "24:5: columns.Left: unknown key \"type\"; known are role"
            ),
            ("role: target", "role: feature", "23:5: columns.Left: the key \"type\" is missing"),
            ("Plan:", "Age:", "12:3: the key \"Age\" is given more than once; remove one"),
            ("Plan:", "\"Age\":", "12:3: the key \"Age\" is given more than once; remove one"),
            (
                "minimum: 0", "nulls: error",
                "15:5: the key \"nulls\" is given more than once; remove one"
            ),
            ("levels: [A, B]", "levels: [A, B", ""),
            ("levels: [A, B]", "levels: *nothing", "20:13: this is no YAML: found undefined alias"),
            ("version: 1", "version: 1\n---\nversion: 1", ""),
            ("Age:\n", "Age: 3\n  Other:\n", "12:8: columns.Age: must hold \"key: value\" lines"),
            ("Age:\n", "[a]:\n", "12:3: columns: a key must be a text"),
        ] as [(String, String, String)]
    )
    func `says where and what`(old: String, new: String, expected: String) {
        let bad = Self.good.replacing(old, with: new, maxReplacements: 1)
        #expect(bad != Self.good)
        let message = message(bad)
        #expect(!message.contains("\n"))
        if expected.isEmpty {
            #expect(message.hasPrefix("retain.yaml:"))
            #expect(message.contains("this is no YAML: "))
        } else {
            #expect(message == "retain.yaml:\(expected)")
        }
    }

    @Test(arguments: ["", "  \n", "# nothing\n", "---\n"])
    func `empty files`(text: String) {
        #expect(message(text) == "retain.yaml: the file is empty; write one with retain init")
    }

    @Test(arguments: ["- a\n- b", "just text", "42"])
    func `files that hold no keys`(text: String) {
        #expect(message(text) == "retain.yaml:1:1: must hold \"key: value\" lines")
    }

    @Test(arguments: [
        "\u{7}", "a: \u{0}", "\t- x: [", "{{{{", "a: &x [*x]", "%YAML 9.9\n---\na: 1",
    ])
    func `rubbish is refused in one line`(text: String) {
        let message = message(text)
        #expect(message.hasPrefix("retain.yaml"))
        #expect(!message.contains("\n"))
    }

    @Test func `a schema needs a feature`() {
        let yaml = Self.good.replacing("role: feature", with: "role: ignored")
        #expect(
            message(yaml) == "retain.yaml:9:3: columns: at least one column needs role: feature"
        )
    }
}

@Suite struct StrictMappingTests {
    private func read<Value>(
        _ yaml: String,
        _ body: (inout StrictMapping) throws(YAMLProblem) -> Value
    ) -> Result<Value, YAMLProblem> {
        do { return .success(try StrictMapping.read(yaml, file: "f.yaml", body)) } catch {
            return .failure(error)
        }
    }

    private func message<Value>(_ result: Result<Value, YAMLProblem>) -> String {
        switch result {
        case .success(let value): "\(value)"
        case .failure(let problem): problem.description
        }
    }

    @Test func `reads every kind`() {
        #expect(
            message(read("a: 1.5") { y throws(YAMLProblem) in try y.number("a") ?? 0 }) == "1.5"
        )
        #expect(message(read("a: 3") { y throws(YAMLProblem) in try y.integer("a") ?? 0 }) == "3")
        #expect(
            message(read("a: true") { y throws(YAMLProblem) in try y.flag("a") ?? false }) == "true"
        )
        #expect(
            message(
                read("a: [8, 9]") { y throws(YAMLProblem) in try y.integers("a", in: 1 ... 9) ?? []
                }
            ) == "[8, 9]"
        )
        #expect(message(read("a: 007") { y throws(YAMLProblem) in try y.text("a") ?? "" }) == "007")
        #expect(
            message(
                read("b: 1") { y throws(YAMLProblem) in
                    _ = try y.number("b")
                    return try y.number("a") == nil
                }
            ) == "true"
        )
    }

    @Test func `says what a value must be`() {
        #expect(
            message(read("a: 2") { y throws(YAMLProblem) in try y.number("a", in: 0 ... 1) ?? 0 })
                == "f.yaml:1:4: a: 2 must be from 0 to 1"
        )
        #expect(
            message(
                read("a: 0") { y throws(YAMLProblem) in try y.integer("a", in: 1 ... 1000) ?? 0 }
            )
                == "f.yaml:1:4: a: 0 must be from 1 to 1000"
        )
        #expect(
            message(read("a: 1.5") { y throws(YAMLProblem) in try y.integer("a") ?? 0 })
                == "f.yaml:1:4: a: \"1.5\" must be a whole number"
        )
        #expect(
            message(read("a: yes") { y throws(YAMLProblem) in try y.flag("a") ?? false })
                == "f.yaml:1:4: a: \"yes\" must be true or false"
        )
        #expect(
            message(
                read("a: [8, 0]") { y throws(YAMLProblem) in try y.integers("a", in: 1 ... 9) ?? []
                }
            )
                == "f.yaml:1:4: a: \"0\" must be a whole number from 1 to 9"
        )
        #expect(
            message(
                read("a: {b: {c: x}}") { y throws(YAMLProblem) in
                    try y.mapping("a") { a throws(YAMLProblem) in
                        try a.mapping("b") { b throws(YAMLProblem) in try b.number("c") ?? 0 } ?? 0
                    } ?? 0
                }
            ) == "f.yaml:1:12: a.b.c: \"x\" must be a number"
        )
    }
}
