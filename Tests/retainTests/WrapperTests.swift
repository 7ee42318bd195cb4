import Foundation
import TestSupport
import Testing

/// What programs that wrap this one rely on.
@Suite struct WrapperTests {
    @Test func `with all rows a rejected row is a line and no failure`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        var lines = try folder.text("bank.csv").split(separator: "\n").map(String.init)
        lines[3] = "only,three,fields"
        try folder.file("bad.csv", lines.joined(separator: "\n") + "\n")
        try Program.expect(65, ["score", "model", "bad.csv"], in: folder, says: "--rejects FILE")
        let result = try Program.expect(
            0,
            ["score", "model", "bad.csv", "--all-rows"],
            in: folder,
            says: "600 rows read, 599 scored, 1 rejected."
        )
        let scores = result.output.split(separator: "\n")
        #expect(scores.count == 601 && scores[0] == "identifier,churn_probability,risk,rejected")
        #expect(scores[3].contains("has 3 fields, the header has") && scores[3].hasPrefix(",,,"))
        let counted = try Program.expect(
            0,
            ["score", "model", "bad.csv", "--all-rows", "--json", "-o", "scores.csv"],
            in: folder
        )
        #expect(
            counted.output.contains("\"rejected\" : 1")
                || counted.output.contains("\"rejected\": 1")
        )
    }

    @Test(arguments: [
        (["--all-rows", "--risk", "high"], "--all-rows writes every row, and --risk only some"),
        (["--arrow", "--json"], "--arrow and --json are two forms of the same output"),
    ])
    func `contradictions are refused`(options: [String], words: String) throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(64, ["score", "model", "bank.csv"] + options, in: folder, says: words)
    }

    @Test func `a boolean of a data frame is read where the file had 0 and 1`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let lines = try folder.text("bank.csv").split(separator: "\n").map(String.init)
        let column = try #require(lines[0].split(separator: ",").firstIndex(of: "HasCrCard"))
        let spelled = lines.enumerated().map { number, line in
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init
            )
            if number > 0 { fields[column] = fields[column] == "1" ? "True" : "False" }
            return fields.joined(separator: ",")
        }
        try folder.file("frame.csv", spelled.joined(separator: "\n") + "\n")
        let one = try Program.expect(0, ["score", "model", "bank.csv"], in: folder)
        let other = try Program.expect(0, ["score", "model", "frame.csv"], in: folder)
        #expect(one.output == other.output)
    }

    @Test func `a served model is called as it is told, and ends with its input`() async throws {
        let folder = try Bank.folder(model: true)
        let input = Pipe()
        let service = try await RunningService(
            "model",
            ["--name", "churn", "--database", "none", "--until-input-ends"],
            in: folder,
            input: input
        )
        #expect(try await service.get("/v2/models/churn/ready").status == 200)
        #expect(try await service.get("/v2/models/model/ready").status == 404)
        try input.fileHandleForWriting.close()
        service.process.waitUntilExit()
        #expect(
            service.process.terminationReason == .exit && service.process.terminationStatus == 0
        )
    }

    @Test(arguments: ["a b", "-x", ".x", "é", "a/b"])
    func `a name must fit into an address`(name: String) throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(
            64,
            ["serve", "model", "--port", "0", "--name=\(name)"],
            in: folder,
            says: "must be of at most 100 letters"
        )
    }

    @Test func `a registered model is copied as it was registered`() throws {
        let folder = try Bank.folder(schema: true)
        try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed", "--output", "model", "--register", "churn"],
            in: folder
        )
        let result = try Program.expect(
            0,
            ["models", "fetch", "models:/churn/1", "-o", "copy", "--json"],
            in: folder
        )
        #expect(result.output.contains("churn"))
        for file in ["model.onnx", "retain/network.safetensors", "retain/schema.json"] {
            #expect(try folder.bytes("copy/" + file) == folder.bytes("model/" + file))
        }
        // MLflow's own file there names the run.
        #expect(try folder.text("copy/MLmodel").contains("run_id"))
        let scores = try ["model", "copy"].map {
            try Program.expect(0, ["score", $0, "bank.csv"], in: folder).output
        }
        #expect(scores[0] == scores[1])
        try Program.expect(
            64,
            ["models", "fetch", "model", "-o", "x"],
            in: folder,
            says: "a folder needs no fetching"
        )
        try folder.file("taken", "no folder")
        try Program.expect(
            73,
            ["models", "fetch", "models:/churn/1", "-o", "taken"],
            in: folder,
            says: "taken"
        )
    }

    @Test func `a network of another program answers, and its folder serves`() throws {
        let folder = try Bank.folder()
        try folder.file(
            "retain.yaml",
            """
            version: 1
            target:
              column: Exited
              positive: "1"
              negative: "0"
            identifier: CustomerId
            columns:
              CustomerId:
                role: identifier
                type: number
              Age:
                role: feature
                type: number
              Exited:
                role: target

            """
        )
        try folder.file(
            "network.json",
            #"{"name": "old.keras", "activation": "relu", "inputs": [{"column": "Age", "mean": 40, "deviation": 10}],"#
                + #" "layers": [{"weights": [[1, -1]], "biases": [0, 0]}, {"weights": [[1], [-0.5]], "biases": [-1]}]}"#
        )
        try Program.expect(
            0,
            ["import", "network.json", "bank.csv", "-o", "model"],
            in: folder,
            says: "old.keras, 600 customers beside it"
        )
        let scores = try Program.expect(0, ["score", "model", "bank.csv"], in: folder).output
        #expect(scores.split(separator: "\n").count == 601)
        try Program.expect(0, ["evaluate", "model", "bank.csv"], in: folder)
        try Program.expect(0, ["explain", "model", "bank.csv", "-o", "reasons.txt"], in: folder)
        try folder.file("broken.json", "{}")
        try Program.expect(
            65,
            ["import", "broken.json", "bank.csv", "-o", "x"],
            in: folder,
            says: "name is missing"
        )
        try Program.expect(
            65,
            ["import", "none.json", "bank.csv", "-o", "x"],
            in: folder,
            says: "none.json"
        )
    }
}
