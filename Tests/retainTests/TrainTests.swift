import Foundation
import Testing

@Suite struct TrainTests {
    @Test func writesModelAndReport() throws {
        let folder = try Bank.folder(schema: true)
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--html", "report.html"],
            in: folder,
            says: "Wrote the model to model and the report to report.html."
        )
        #expect(result.output.hasPrefix("best on bank.csv\nThe rows held out from training: 180 "))
        #expect(result.output.contains("ROC AUC"))
        #expect(try folder.names == ["bank.csv", "model", "report.html", "retain.yaml"])
        #expect(try folder.read("report.html").contains("<svg"))
    }

    @Test func jsonIsTheRecord() throws {
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--json"],
            in: Bank.folder(schema: true)
        )
        let test = try #require(try parsed(result.output)["test"] as? [String: Any])
        let metrics = try #require(test["metrics"] as? [[String: Any]])
        #expect(metrics.contains { $0["name"] as? String == "roc_auc" && $0["value"] is Double })
    }

    @Test func everyRowCanBeTrainedOn() throws {
        let folder = try Bank.folder(schema: true)
        let result = try Program.expect(0, ["train", "bank.csv", "--test", "0"], in: folder)
        #expect(result.output == "")
        try Program.expect(
            64,
            ["train", "bank.csv", "--test", "0", "--html", "r.html", "-o", "other"],
            in: folder,
            says: "retain: --html needs held-out rows; give --test above 0"
        )
        #expect(try folder.names == ["bank.csv", "model", "retain.yaml"])
    }

    @Test func brokenRowsStopIt() throws {
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
        #expect(try folder.names == ["bank.csv", "retain.yaml"])
    }

    @Test func aMissingColumnIsNamed() throws {
        let folder = try Bank.folder(schema: true)
        try Program.expect(
            65,
            ["train", "-"],
            in: folder,
            input: Bank.shared.get().customers.replacing(",Age,", with: ",Agee,"),
            says: "lacks the column \"Age\" (did you mean \"Agee\"?); its columns are"
        )
    }

    @Test func otherFormsOfTheFileGiveTheSameNumbers() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let text = try folder.read("bank.csv")
        try folder.write("\u{FEFF}" + text.replacing("\n", with: "\r\n"), to: "dos.csv")
        try folder.write(
            text.replacing(",", with: ";").replacing(".", with: ","),
            to: "comma.csv"
        )
        for name in ["dos", "comma"] {
            try Program.expect(0, ["train", "\(name).csv", "-o", name], in: folder)
            for file in ["retain/network.safetensors", "retain/features.json"] {
                #expect(try folder.bytes("\(name)/\(file)") == folder.bytes("model/\(file)"))
            }
        }
    }

    @Test func theSameBytesInSeparateProcessesOnAnyThreads() throws {
        let folder = try Bank.folder(schema: true, model: true)
        for threads in ["1", "2"] {
            try Program.expect(
                0,
                ["train", "bank.csv", "-o", "again\(threads)", "--threads", threads],
                in: folder
            )
        }
        let expected = try folder.files(below: "model")
        #expect(expected.count == 15)
        #expect(try folder.files(below: "again1") == expected)
        #expect(try folder.files(below: "again2") == expected)
    }
}
