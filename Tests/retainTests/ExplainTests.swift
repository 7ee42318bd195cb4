import Foundation
import TestSupport
import Testing

@Suite struct ExplainTests {
    private func explanations(_ json: String) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    }

    private func few(_ count: Int, in folder: TemporaryFolder) throws {
        let lines = try Bank.shared.get().customers.split(separator: "\n").prefix(count + 1)
        try folder.file("few.csv", lines.joined(separator: "\n") + "\n")
    }

    @Test func `points of all columns add up to the score`() throws {
        let folder = try Bank.folder(model: true)
        try few(5, in: folder)
        let result = try Program.expect(
            0,
            ["explain", "model", "few.csv", "--json", "--pairs", "2"],
            in: folder,
            says: "5 rows read, 5 explained, 0 rejected."
        )
        try Program.expect(0, ["score", "model", "few.csv", "-o", "scores.csv"], in: folder)
        let scores = try folder.text("scores.csv").split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",") }
        let all = try explanations(result.output)
        #expect(all.count == 5)
        for (explanation, score) in zip(all, scores) {
            #expect(explanation["identifier"] as? String == String(score[0]))
            let probability = try #require(explanation["probability"] as? Double)
            #expect(Float(probability) == Float(score[1]))
            let reasons = try #require(explanation["reasons"] as? [[String: Any]])
            #expect(reasons.count == 13)
            let points = try reasons.map { try #require($0["points"] as? Double) }
            let base = try #require(explanation["base"] as? Double)
            #expect(abs(base + points.reduce(0, +) - probability) < 1e-12)
            #expect(zip(points, points.dropFirst()).allSatisfy { abs($0) >= abs($1) })
            #expect(explanation["reference_error"] is Double)
        }
        let again = try Program.run(
            ["explain", "model", "few.csv", "--json", "--pairs", "2", "--threads", "1"],
            in: folder
        )
        #expect(again.output == result.output)
    }

    @Test func `sentences are told in two languages, and no promise is made`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        try few(4, in: folder)
        let levers = """
            levers:
              NumOfProducts: {minimum: 1, maximum: 2, direction: up, cost: 8}
              IsActiveMember: {levels: [1], cost: 3}

            """
        try folder.file("retain.yaml", try folder.text("retain.yaml") + levers)
        let arguments = [
            "explain", "model", "few.csv", "--levers", "--pairs", "1", "--target", "0.01",
        ]
        let english = try Program.expect(0, arguments, in: folder).output
        #expect(english.contains("Score ") && english.contains("the average"))
        #expect(english.contains("not why a customer would leave"))
        #expect(english.contains("64 reference customers who are nobody"))
        #expect(english.contains("would be") == english.contains("That is no promise"))
        let portuguese = try Program.expect(
            0,
            arguments + ["--language", "pt-br"],
            in: folder
        ).output
        #expect(portuguese.contains("Escore de ") && portuguese.contains("média"))
        #expect(portuguese.contains("seria ") == portuguese.contains("Não é promessa"))
        #expect(!portuguese.contains("average"))
        let json = try Program.expect(0, arguments + ["--json"], in: folder).output
        for explanation in try explanations(json) {
            let levers = try #require(explanation["levers"] as? [String: Any])
            #expect(levers["outcome"] is String && levers["target"] as? Double == 0.01)
            #expect((levers["best"] == nil) == (levers["promise"] == nil))
        }
    }

    @Test func `the same customers and the same model have not moved`() throws {
        let folder = try Bank.folder(model: true)
        try few(3, in: folder)
        let json = try Program.expect(
            0,
            ["explain", "model", "few.csv", "--before", "bank.csv", "--json", "--pairs", "1"],
            in: folder,
            says: "bank.csv: 3 customers are in it, too, 0 are not."
        ).output
        for explanation in try explanations(json) {
            let move = try #require(explanation["move"] as? [String: Any])
            #expect(move["from"] as? Double == move["to"] as? Double)
            #expect((move["changes"] as? [Any])?.isEmpty == true && move["model"] as? Double == 0)
        }
        let text = try Program.expect(
            0,
            ["explain", "model", "few.csv", "--before", "bank.csv", "--pairs", "1"],
            in: folder
        ).output
        #expect(text.contains("nothing moved it by a point"))
    }

    /// The cells of a file, the header first.
    private func cells(_ text: String) -> [[String]] {
        text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func `the record tells how customers were before`() throws {
        let folder = try Bank.folder(model: true)
        try few(4, in: folder)
        let score = ["score", "model", "few.csv", "--database", "retain.db", "-o", "scores.csv"]
        try Program.expect(0, score, in: folder)
        var rows = cells(try folder.text("few.csv"))
        let place = try #require(rows[0].firstIndex(of: "Age"))
        rows[1][place] = rows[1][place] == "70" ? "30" : "70"
        // Nobody has scored this one.
        rows[4][rows[0].firstIndex(of: "CustomerId") ?? 0] = "1"
        let today = rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
        try folder.file("today.csv", today)
        let arguments = [
            "explain", "model", "today.csv", "--database", "retain.db", "--pairs", "1",
        ]
        let json = try Program.expect(
            0,
            arguments + ["--json"],
            in: folder,
            says: "retain.db: 3 customers are in it, too, 1 are not."
        ).output
        let all = try explanations(json)
        let moves = try all.prefix(3).map { try #require($0["move"] as? [String: Any]) }
        let changes = try #require(moves[0]["changes"] as? [[String: Any]])
        #expect(changes.map { $0["column"] as? String } == ["Age"])
        let scored = cells(try folder.text("scores.csv")).dropFirst().map { Float($0[1]) }
        for (move, score) in zip(moves, scored) {
            #expect((move["from"] as? Double).map(Float.init) == score)
            #expect(move["since"] is String && move["sentence"] is String)
        }
        #expect((moves[1]["changes"] as? [Any])?.isEmpty == true)
        #expect(all[3]["move"] is NSNull && all[3]["move_note"] is String)
        let text = try Program.expect(0, arguments, in: folder).output
        #expect(text.contains("with Age from") && text.contains("nothing of this customer"))
    }

    @Test func `what another model predicted is told with that model, else named`() throws {
        let folder = try Bank.folder(model: true)
        try few(2, in: folder)
        let train = ["train", "bank.csv", "--model", "seed", "--seed", "7", "--output", "old"]
        try Program.expect(0, train, in: folder)
        let score = ["score", "old", "few.csv", "--database", "retain.db", "-o", "old.csv"]
        try Program.expect(0, score, in: folder)
        let arguments = [
            "explain", "model", "few.csv", "--database", "retain.db", "--pairs", "1", "--json",
        ]
        let untold = try Program.expect(
            0,
            arguments,
            in: folder,
            says: "retain.db: 2 customers are in it, too, 0 are not.",
            "another model, old/",
            "Name that model with --before-model."
        ).output
        #expect(try explanations(untold).allSatisfy { $0["move"] is NSNull })
        let told = try Program.expect(0, arguments + ["--before-model", "old"], in: folder).output
        let scored = cells(try folder.text("old.csv")).dropFirst().map { Float($0[1]) }
        for (explanation, score) in zip(try explanations(told), scored) {
            let move = try #require(explanation["move"] as? [String: Any])
            #expect((move["from"] as? Double).map(Float.init) == score)
            #expect((move["changes"] as? [Any])?.isEmpty == true)
            #expect(move["model"] as? Double != 0)
        }
    }

    @Test func `rows that break the schema are counted and named`() throws {
        let folder = try Bank.folder(model: true)
        let lines = try Bank.broken().split(separator: "\n").prefix(4)
        try folder.file("broken.csv", lines.joined(separator: "\n") + "\n")
        let arguments = ["explain", "model", "broken.csv", "--pairs", "1"]
        try Program.expect(
            65,
            arguments,
            in: folder,
            says: "1 of 3 rows breaks the schema",
            "keep these with --rejects FILE"
        )
        try Program.expect(
            0,
            arguments + ["--rejects", "rejects.csv"],
            in: folder,
            says: "2 explained, 1 rejected to rejects.csv."
        )
        #expect(try folder.text("rejects.csv").hasPrefix("line,reason,row\n3,"))
        let every = arguments + ["--all-rows"]
        let told = try Program.expect(0, every, in: folder, says: "2 explained, 1 rejected.")
        let blocks = told.output.split(separator: "\n\n")
        #expect(blocks[1].contains("\n  rejected: "))
        let without = try Program.run(arguments + ["--rejects", "rejects.csv"], in: folder)
        #expect(without.output.split(separator: "\n\n") == [blocks[0]] + blocks[2...])
        let all = try explanations(
            try Program.expect(0, every + ["--json"], in: folder, says: "1 rejected.").output
        )
        #expect(all.map { $0["reasons"] == nil } == [false, true, false])
        #expect(Set(all[1].keys) == ["identifier", "rejected"])
        #expect(all[1]["identifier"] as? String == String(lines[2].split(separator: ",")[1]))
        let score = ["score", "model", "broken.csv", "--rejects", "two.csv", "-o", "scores.csv"]
        try Program.expect(0, score, in: folder)
        #expect(try folder.text("two.csv") == folder.text("rejects.csv"))
        try Program.expect(0, score + ["--reasons", "2", "--pairs", "1"], in: folder)
        #expect(try folder.text("two.csv") == folder.text("rejects.csv"))
    }

    @Test func `a scored file has reasons where they are asked for`() throws {
        let folder = try Bank.folder(model: true)
        try few(40, in: folder)
        try Program.expect(0, ["score", "model", "few.csv", "-o", "plain.csv"], in: folder)
        try Program.expect(
            0,
            ["score", "model", "few.csv", "-o", "reasons.csv", "--reasons", "2", "--pairs", "1"],
            in: folder
        )
        let plain = try folder.text("plain.csv").split(separator: "\n")
        let reasoned = try folder.text("reasons.csv").split(separator: "\n")
        #expect(plain.count == 41 && reasoned.count == 41)
        #expect(reasoned[0] == plain[0] + ",reason_1,points_1,reason_2,points_2")
        for (line, other) in zip(plain, reasoned) {
            #expect(other.hasPrefix(line + ",") && other.split(separator: ",").count == 7)
        }
        try Program.expect(
            0,
            ["score", "model", "few.csv", "-o", "list.csv", "--risk", "high"],
            in: folder,
            says: "of risk high written"
        )
        let high = plain.dropFirst().filter { $0.hasSuffix(",high") }
        #expect(try folder.text("list.csv").split(separator: "\n").dropFirst() == high[...])
    }

    @Test(arguments: [
        (["--exact", "--pairs", "2"], "exclude each other"), (["--reasons", "0"], "1 or more"),
        (["--target", "0.2"], "--target goes with --levers"),
        (["--levers", "--target", "2"], "a probability from 0 to 1"),
        (["--before-model", "x"], "goes with --before"),
        (["--before", "x", "--database", "y"], "exclude each other"),
        (["--language", "fr"], "known are en, pt-BR"),
        (["--pairs", "0"], "from 1 to 10000"), (["--levers"], "neither the model nor retain.yaml"),
    ])
    func `what can't be meant is refused`(options: [String], reason: String) throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(
            64,
            ["explain", "model", "bank.csv"] + options,
            in: folder,
            says: reason
        )
    }

    @Test func `levers of retain.yaml that do not fit are refused with their line`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let text = try folder.text("retain.yaml")
        try folder.file("retain.yaml", text + "levers:\n  NumOfProducts: {minimum: 1}\n")
        for arguments in [["explain", "model", "bank.csv", "--levers"], ["check", "bank.csv"]] {
            try Program.expect(
                65,
                arguments,
                in: folder,
                says: "levers.NumOfProducts.maximum: is missing",
                "without an upper bound"
            )
        }
    }
}
