import Foundation
import TestSupport
import Testing

/// `train`'s record, `runs`, `models`, `sync` and `export`, as people use them.
@Suite struct TrackingTests {
    @Test func `a run is recorded, found, compared and reproduced`() throws {
        let folder = try Bank.folder()
        for seed in ["1", "2"] {
            try Program.expect(
                0,
                ["train", "bank.csv", "--model", "seed", "--seed", seed, "--register", "churn"],
                in: folder,
                says: "Recorded as run ",
                "Registered as version \(seed) of churn"
            )
        }
        let filter = "params.seed = '2' OR params.seed = '3'"
        let list = try Program.expect(
            0,
            ["runs", "list", "--filter", filter, "--json"],
            in: folder
        )
        let data = Data(list.output.utf8)
        let json = try JSONSerialization.jsonObject(with: data)
        let runs = try #require(json as? [[String: Any]])
        #expect(runs.count == 1)
        let id = try #require(runs[0]["id"] as? String)
        let show = try Program.expect(0, ["runs", "show", String(id.prefix(8))], in: folder)
        #expect(show.output.contains("optimizer_learning_rate"))
        #expect(show.output.contains("1e-07"))
        try Program.expect(
            0,
            ["runs", "compare", "seed-1", "seed-2", "--html", "compare.html"],
            in: folder
        )
        #expect(try folder.text("compare.html").contains("<svg"))
        let same = try Program.expect(0, ["runs", "reproduce", String(id.prefix(8))], in: folder)
        #expect(same.output.hasPrefix("Identical"))
        try folder.file("bank.csv", try folder.text("bank.csv") + "\n")
        try Program.expect(3, ["runs", "reproduce", id], in: folder)
    }

    @Test func `a version passes the gate and is looked up`() throws {
        let folder = try Bank.folder()
        try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed", "--output", "model", "--register", "churn"],
            in: folder
        )
        try Program.expect(64, ["models", "promote", "churn", "7"], in: folder, says: "version 7")
        let gate = try Program.run(["models", "promote", "churn", "1"], in: folder)
        #expect(gate.code == 0 || gate.code == 3)
        #expect(gate.output.contains("CHECK"))
        let history = try Program.expect(0, ["models", "history", "churn"], in: folder)
        #expect(history.output.contains("register"))
        #expect(history.output.contains(gate.code == 0 ? "promote" : "refuse"))
        try Program.expect(0, ["score", "model", "bank.csv", "-o", "a.csv"], in: folder)
        try Program.expect(0, ["score", "models:/churn/1", "bank.csv", "-o", "b.csv"], in: folder)
        #expect(try folder.bytes("a.csv") == folder.bytes("b.csv"))
        try Program.expect(0, ["export", "models:/churn/1", "-o", "churn.onnx"], in: folder)
        #expect(try folder.bytes("churn.onnx") == folder.bytes("model/model.onnx"))
        try Program.expect(64, ["score", "models:/churn@none", "bank.csv"], in: folder)
    }

    @Test func `without a server the run stays here`() throws {
        let folder = try Bank.folder()
        try Program.expect(
            0,
            [
                "train", "bank.csv", "--model", "seed", "--tracking-uri",
                "http://me:secret@127.0.0.1:9",
            ],
            in: folder,
            says: "can't be reached",
            "`retain sync`"
        )
        let list = try Program.expect(0, ["runs", "list"], in: folder)
        #expect(list.output.contains("seed-42"))
        let show = try Program.expect(0, ["runs", "show", "seed-42"], in: folder)
        #expect(!show.output.contains("secret"))
        let sync = try Program.expect(69, ["sync", "--to", "http://127.0.0.1:9"], in: folder)
        #expect(sync.output.isEmpty)
        try Program.expect(64, ["sync", "--to", "sqlite:///other.db"], in: folder)
        try Program.expect(
            64,
            ["runs", "list", "--filter", "metrics.loss <"],
            in: folder,
            says: "character 15"
        )
    }
}
