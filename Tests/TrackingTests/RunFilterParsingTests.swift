import Testing
import Tracking

/// MLflow's search syntax, read.
@Suite struct RunFilterParsingTests {
    typealias Comparison = RunFilter.Comparison

    @Test(
        arguments: [
            ("metrics.loss < 0.4", Comparison(.metric("loss"), .less, [.number(0.4)])),
            ("metric.loss<=-1e-3", Comparison(.metric("loss"), .lessOrEqual, [.number(-0.001)])),
            ("metrics.`val loss` != +2.", Comparison(.metric("val loss"), .notEqual, [.number(2)])),
            ("METRICS.\"a/b\" >= 7", Comparison(.metric("a/b"), .greaterOrEqual, [.number(7)])),
            ("params.model = 'best'", Comparison(.param("model"), .equal, [.text("best")])),
            ("parameter.a.b.c = \"x\"", Comparison(.param("a.b.c"), .equal, [.text("x")])),
            (
                "param.`größe ü` = '100% ''it'''",
                Comparison(.param("größe ü"), .equal, [.text("100% 'it'")])
            ),
            ("tags.mlflow.user = ''", Comparison(.tag("mlflow.user"), .equal, [.text("")])),
            ("tag.a like 'x%'", Comparison(.tag("a"), .like, [.text("x%")])),
            ("tags.a ILike 'x_'", Comparison(.tag("a"), .caselessLike, [.text("x_")])),
            ("tags.a IS NULL", Comparison(.tag("a"), .isNull, [])),
            ("metrics.a is not null", Comparison(.metric("a"), .isNotNull, [])),
            ("status = 'FINISHED'", Comparison(.attribute(.status), .equal, [.text("FINISHED")])),
            (
                "attributes.start_time > 1700000000000",
                Comparison(.attribute(.start), .greater, [.number(1.7e12)])
            ),
            ("attr.end_time = 1", Comparison(.attribute(.end), .equal, [.number(1)])),
            ("created < 5", Comparison(.attribute(.start), .less, [.number(5)])),
            (
                "run.run_id IN ('a', 'b')",
                Comparison(.attribute(.id), .isIn, [.text("a"), .text("b")])
            ),
            ("run_id NOT IN ('a')", Comparison(.attribute(.id), .isNotIn, [.text("a")])),
            ("run_name = 'c'", Comparison(.attribute(.name), .equal, [.text("c")])),
            ("`run name` = 'c'", Comparison(.attribute(.name), .equal, [.text("c")])),
            ("\"run name\" = 'c'", Comparison(.attribute(.name), .equal, [.text("c")])),
            ("Run name = 'c'", Comparison(.attribute(.name), .equal, [.text("c")])),
            ("attributes.`Run Name` = 'c'", Comparison(.attribute(.name), .equal, [.text("c")])),
            ("user_id = 'ada'", Comparison(.attribute(.user), .equal, [.text("ada")])),
            ("dataset.name LIKE '%csv'", Comparison(.dataset(.name), .like, [.text("%csv")])),
            (
                "datasets.context = 'train'",
                Comparison(.dataset(.context), .equal, [.text("train")])
            ),
        ]
    )
    func `one condition`(_ text: String, _ expected: Comparison) throws {
        #expect(try RunFilter(parsing: text) == .comparison(expected))
        #expect(try RunFilter(parsing: "  ( \(text)\n) ") == .comparison(expected))
    }

    @Test
    func `AND binds tighter than OR; parentheses tighter than both`() throws {
        func part(_ name: String) -> RunFilter {
            .comparison(Comparison(.tag(name), .equal, [.text("1")]))
        }
        let (a, b, c) = (part("a"), part("b"), part("c"))
        let (x, y, z) = ("tags.a = '1'", "tags.b = '1'", "tags.c = '1'")
        #expect(try RunFilter(parsing: "\(x) OR \(y) AND \(z)") == .or(a, .and(b, c)))
        #expect(try RunFilter(parsing: "\(x) and \(y) or \(z)") == .or(.and(a, b), c))
        #expect(try RunFilter(parsing: "(\(x) OR \(y)) AND \(z)") == .and(.or(a, b), c))
        #expect(try RunFilter(parsing: "\(x) AND \(y) AND \(z)") == .and(.and(a, b), c))
        #expect(try RunFilter(parsing: "((\(x)))AND(\(y))") == .and(a, b))
    }

    @Test(
        arguments: [
            ("", 0, "a name"), ("   ", 3, "a name"), ("metrics", 0, "run_name"),
            ("metrics.", 8, "the name behind the dot"), ("metrics.loss", 12, "one of ="),
            ("metrics.loss <", 14, "a number"), ("metrics.loss < 'a'", 15, "a number"),
            ("metrics.loss == 1", 13, "one of ="), ("metrics.loss <> 1", 13, "one of ="),
            ("metrics.loss LIKE 'a'", 13, "one of = != < <= > >="),
            ("params.a < 'a'", 9, "one of = != LIKE"), ("params.a = 1", 11, "a text in quotes"),
            ("params.a = b", 11, "a text in quotes"), ("params.a = 'b", 11, "a closing '"),
            ("params.a IN 'b'", 12, "a list"), ("params.a IN ()", 13, "a text in quotes"),
            ("params.a IN ('b'", 16, ", or )"), ("params.a NOT 'b'", 13, "IN"),
            ("params.a IS 'b'", 12, "NULL"), ("(params.a = 'b'", 15, "AND, OR or )"),
            ("params.a = 'b')", 14, "AND, OR or the end"), ("params.a = 'b' AND", 18, "a name"),
            ("params.a = 'b' params.c = 'd'", 15, "AND, OR or the end"),
            ("things.a = 'b'", 0, "metrics, params"), ("things.a.b = 'b'", 0, "metrics, params"),
            ("datasets.size = 'b'", 9, "name, digest or context"),
            ("attributes.mood = 'b'", 11, "one of run_id"), ("mood = 'b'", 0, "one of run_id"),
            ("start_time = 'x'", 13, "a number"), ("metrics.a = 1e999", 12, "a number"),
            ("metrics.a = 1.2.3", 12, "a number"), ("metrics.a = -", 12, "a number"),
            ("metrics.a = 1;", 13, "a name or a value"), ("tags.`a = 'b'", 5, "a closing `"),
            ("NOT tags.a = 'b'", 0, "one of run_id"),
        ]
    )
    func `what is wrong is told with its place`(
        _ text: String,
        _ position: Int,
        _ expected: String
    ) throws {
        let error = #expect(throws: RunFilterError.self) { try RunFilter(parsing: text) }
        guard case .unexpected(text, position, let found) = error else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
        #expect(found.contains(expected), "\(text): \(found)")
        let line = try #require(error?.description)
        #expect(line.contains("at character \(position + 1)") && line.contains(text))
    }

    @Test(
        arguments: [
            String(repeating: "(", count: 100_000),
            String(repeating: "(", count: 100_000) + "status = 'a'"
                + String(repeating: ")", count: 100_000),
            String(repeating: "status = 'a' AND ", count: 100_000) + "status = 'a'",
            String(repeating: "status = 'a' OR ", count: 100_000) + "status = 'a'",
            String(repeating: "'", count: 100_001),
        ]
    )
    func `depth and length have an end`(_ text: String) throws {
        let error = #expect(throws: RunFilterError.self) { try RunFilter(parsing: text) }
        // A line that a person can read, whatever went in.
        #expect(try #require(error).description.count < 500)
    }

    @Test
    func `12 parentheses and 500 conditions are taken, and searched by`() async throws {
        let yes = "datasets.name NOT IN ('a', 'b') OR status = 'RUNNING'"
        let deep =
            String(repeating: "status = 'KILLED' OR status = 'RUNNING' AND (", count: 12) + yes
            + String(repeating: ")", count: 12)
        let left =
            String(repeating: "(", count: 12) + yes
            + String(repeating: ") AND status = 'RUNNING' OR status = 'KILLED'", count: 12)
        let every = Array(repeating: "status = 'RUNNING'", count: 500)
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        let texts = [deep, left, every.joined(separator: " AND "), every.joined(separator: " OR ")]
        for text in texts {
            let filter = try RunFilter(parsing: text)
            let found = try await store.runs(RunQuery(filter: filter))
            #expect(found.map(\.info.id) == [id])
            #expect(try RunFilter(parsing: filter.description).description == filter.description)
        }
    }

    @Test(
        arguments: [
            ("metrics.loss DESC", RunOrder(.metric("loss"), isDescending: true)),
            ("metrics.`val loss` asc", RunOrder(.metric("val loss"))),
            ("start_time", RunOrder(.attribute(.start))),
            ("params.a desc", RunOrder(.param("a"), isDescending: true)),
            ("`run name` DESC", RunOrder(.attribute(.name), isDescending: true)),
        ]
    )
    func `orders`(_ text: String, _ expected: RunOrder) throws {
        #expect(try RunOrder(parsing: text) == expected)
        #expect(try RunOrder(parsing: expected.description) == expected)
    }

    @Test(
        arguments: ["", "loss", "metrics.loss UP", "metrics.a DESC, metrics.b", "DESC"]
    )
    func `no orders`(_ text: String) {
        #expect(throws: RunFilterError.self) { try RunOrder(parsing: text) }
    }
}
