import Foundation
import TestSupport
import Testing

@Suite struct TrainTests {
    @Test func `writes model and report`() throws {
        let folder = try Bank.folder(schema: true)
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--html", "report.html"],
            in: folder,
            says: "Wrote the model to model and the report to report.html."
        )
        #expect(result.output.hasPrefix("best on bank.csv\nThe rows held out from training: 180 "))
        #expect(result.output.contains("ROC AUC"))
        #expect(
            try folder.namesBesideRecord == ["bank.csv", "model", "report.html", "retain.yaml"]
        )
        #expect(try folder.text("report.html").contains("<svg"))
    }

    @Test func `JSON is the record`() throws {
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--json"],
            in: Bank.folder(schema: true)
        )
        let test = try #require(try parsed(result.output)["test"] as? [String: Any])
        let metrics = try #require(test["metrics"] as? [[String: Any]])
        #expect(metrics.contains { $0["name"] as? String == "roc_auc" && $0["value"] is Double })
    }

    @Test func `every row can be trained on`() throws {
        let folder = try Bank.folder(schema: true)
        let result = try Program.expect(0, ["train", "bank.csv", "--test", "0"], in: folder)
        #expect(result.output == "")
        try Program.expect(
            64,
            ["train", "bank.csv", "--test", "0", "--html", "r.html", "-o", "other"],
            in: folder,
            says: "retain: --html needs held-out rows; give --test above 0"
        )
        #expect(try folder.namesBesideRecord == ["bank.csv", "model", "retain.yaml"])
    }

    @Test func `customers who got an offer are left out`() throws {
        let folder = try Bank.folder(schema: true)
        let lines = try folder.text("bank.csv").split(separator: "\n").map(String.init)
        let offered = lines.enumerated().map { line, text in
            text + (line == 0 ? ",offer" : line % 4 == 0 ? ",yes" : line % 4 == 1 ? "," : ",no")
        }
        try folder.file("bank.csv", offered.joined(separator: "\n") + "\n")
        let yaml = try folder.text("retain.yaml")
        let rules = "treated_column: offer\n  treated: exclude"
        try folder.file("retain.yaml", yaml.replacing("treated: exclude", with: rules))
        let trained = try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed"],
            in: folder,
            says: "150 customers who got an offer (offer) are left out;"
                + " 150 rows do not say and count as untreated."
        )
        #expect(trained.output.contains("without customers who got an offer"))
        let judged = try Program.expect(
            0,
            ["evaluate", "model", "bank.csv"],
            in: folder,
            says: "rows that training never saw of customers who got no offer"
        )
        #expect(judged.output == trained.output)
        try folder.file("bank.csv", lines.joined(separator: "\n") + "\n")
        try Program.expect(
            65,
            ["train", "bank.csv", "--model", "seed"],
            in: folder,
            says: "there is no column \"offer\", which treated_column of retain.yaml names"
        )
    }

    @Test func `broken rows stop it`() throws {
        let folder = try Bank.folder(schema: true)
        let result = try Program.expect(
            65,
            ["train", "-"],
            in: folder,
            input: Bank.broken(),
            says: "1 row breaks the schema; mend them or change retain.yaml\n",
            "  line 3, column \"Point Earned\": \"old\" is not a number; write a number"
        )
        #expect(result.output == "")
        #expect(try folder.namesBesideRecord == ["bank.csv", "retain.yaml"])
    }

    @Test func `a missing column is named`() throws {
        let folder = try Bank.folder(schema: true)
        try Program.expect(
            65,
            ["train", "-"],
            in: folder,
            input: Bank.shared.get().customers.replacing(",Age,", with: ",Agee,"),
            says: "lacks the column \"Age\" (did you mean \"Agee\"?); its columns are"
        )
    }

    @Test func `other forms of the file give the same numbers`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let text = try folder.text("bank.csv")
        try folder.file("dos.csv", "\u{FEFF}" + text.replacing("\n", with: "\r\n"))
        try folder.file(
            "comma.csv",
            text.replacing(",", with: ";").replacing(".", with: ",")
        )
        for name in ["dos", "comma"] {
            try Program.expect(0, ["train", "\(name).csv", "-o", name], in: folder)
            for file in ["retain/network.safetensors", "retain/features.json"] {
                #expect(try folder.bytes("\(name)/\(file)") == folder.bytes("model/\(file)"))
            }
        }
    }

    @Test func `the same bytes in separate processes on any threads`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        for threads in ["1", "2"] {
            try Program.expect(
                0,
                ["train", "bank.csv", "-o", "again\(threads)", "--threads", threads],
                in: folder
            )
        }
        let expected = try folder.filesBesideRecord(below: "model")
        #expect(expected.count == 17)
        #expect(try folder.filesBesideRecord(below: "again1") == expected)
        #expect(try folder.filesBesideRecord(below: "again2") == expected)
    }

    @Test func `a lever that reaches beyond what customers have is warned of`() throws {
        let folder = try Bank.folder(schema: true)
        let levers = """
            levers:
              Tenure: {minimum: 0, maximum: 20, direction: up}
              NumOfProducts: {minimum: 1, maximum: 2, direction: up}

            """
        try folder.file("retain.yaml", try folder.text("retain.yaml") + levers)
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--model", "fast", "-o", "levers", "--no-tracking"],
            in: folder,
            says: "Note: the lever \"Tenure\" reaches 20, outside the 0 to 10 of 98 in 100"
        )
        #expect(!result.messages.contains("NumOfProducts"))
    }
}
