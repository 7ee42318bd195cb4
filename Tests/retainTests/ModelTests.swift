import Foundation
import TestSupport
import Testing

/// `score` and `evaluate`, which take a model.
@Suite struct ModelTests {
    @Test func `scores every row in order`() throws {
        let folder = try Bank.folder(model: true)
        let result = try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "scores.csv"],
            in: folder,
            says: "600 rows read, 600 scored, 0 rejected.\n"
        )
        #expect(result.output == "")
        let scores = try folder.text("scores.csv")
        let identifiers = scores.split(separator: "\n").map { $0.prefix { $0 != "," } }
        let customers = try folder.text("bank.csv").split(separator: "\n").map {
            $0.split(separator: ",")[1]
        }
        #expect(scores.hasPrefix("identifier,churn_probability,risk\n"))
        #expect(Array(identifiers.dropFirst()) == Array(customers.dropFirst()))
        let piped = try Program.expect(
            0,
            ["score", "model", "-", "-o", "-", "--threads", "1"],
            in: folder,
            input: folder.text("bank.csv")
        )
        #expect(piped.output == scores)
    }

    @Test func `rejected rows are an error unless they have a place`() throws {
        let folder = try Bank.folder(model: true)
        try folder.file("broken.csv", Bank.broken())
        let problem =
            "The first rejected row: line 3, column \"Point Earned\": \"old\" is not a number"
        try Program.expect(
            65,
            ["score", "model", "broken.csv", "-o", "scores.csv"],
            in: folder,
            says: problem,
            "1 of 600 rows breaks the schema; the others are scored; keep these with --rejects FILE"
        )
        try Program.expect(
            0,
            ["score", "model", "broken.csv", "-o", "scores.csv", "--rejects", "rejects.csv"],
            in: folder,
            says: problem,
            "600 rows read, 599 scored, 1 rejected to rejects.csv.\n"
        )
        #expect(try folder.text("scores.csv").split(separator: "\n").count == 600)
        let rejects = try folder.text("rejects.csv").split(separator: "\n")
        #expect(rejects.count == 2)
        #expect(rejects[0] == "line,reason,row")
        #expect(rejects[1].hasPrefix("3,\"column \"\"Point Earned\"\": \"\"old\"\" is not"))
        #expect(rejects[1].hasSuffix(",old\""))
    }

    @Test func `a changed byte is refused`() throws {
        let folder = try Bank.folder(model: true)
        for file in try folder.filesBesideRecord(below: "model").keys.sorted() {
            let kept = try folder.bytes("model/\(file)")
            guard let last = kept.last else { continue }
            try folder.file("model/\(file)", kept.dropLast() + [last ^ 1])
            try Program.expect(
                65,
                ["score", "model", "bank.csv", "-o", "scores.csv"],
                in: folder,
                says: "model folder model, \(file): "
            )
            try folder.file("model/\(file)", kept)
        }
        #expect(try folder.namesBesideRecord == ["bank.csv", "model"])
    }

    @Test func `an unknown format version is refused`() throws {
        let folder = try Bank.folder(model: true)
        let manifest = try folder.text("model/retain/manifest.json")
        let changed = manifest.replacing("\"format_version\" : 5", with: "\"format_version\" : 99")
        #expect(changed != manifest)
        try folder.file("model/retain/manifest.json", changed)
        try Program.expect(
            65,
            ["evaluate", "model", "bank.csv"],
            in: folder,
            says:
                "format version 99 is unknown, this Retain reads version 5; use the Retain that wrote"
        )
    }

    @Test(arguments: [
        ("none", "model folder none: there is no such folder; check the path"),
        ("photos", "retain/manifest.json: is missing, so this is no model folder of Retain"),
        ("bank.csv", "model folder bank.csv: there is no such folder"),
    ])
    func `what is no model is named`(name: String, message: String) throws {
        let folder = try Bank.folder()
        try folder.makeFolder("photos")
        for verb in ["score", "evaluate"] {
            try Program.expect(65, [verb, name, "bank.csv"], in: folder, says: message)
        }
    }

    @Test func `a missing column is named`() throws {
        let folder = try Bank.folder(model: true)
        try folder.file(
            "other.csv",
            folder.text("bank.csv").replacing(",Age,", with: ",Agee,")
        )
        for verb in ["score", "evaluate"] {
            let result = try Program.expect(
                65,
                [verb, "model", "other.csv"],
                in: folder,
                says: "lacks the column \"Age\" (did you mean \"Agee\"?); its columns are"
            )
            #expect(result.output == "")
        }
    }

    @Test func `judges the rows that training never saw`() throws {
        let folder = try Bank.folder(model: true)
        let held = try Program.expect(
            0,
            ["evaluate", "model", "bank.csv", "--html", "report.html"],
            in: folder,
            says: "judged on the 180 rows that training never saw (--all-rows takes all).",
            "Wrote the report to report.html."
        )
        #expect(held.output.contains("\nThe rows held out from training: 180 customers, "))
        #expect(try folder.bytes("report.html").count < 300_000)
        let page = try folder.text("report.html")
        #expect(page.contains("chart-dependence-1-title") && page.contains("<details"))
        let all = try Program.expect(
            0,
            ["evaluate", "model", "bank.csv", "--all-rows"],
            in: folder
        )
        #expect(all.output.contains("\nEvery row: 600 customers, "))
        #expect(all.output.contains("; the target is Exited = 1.\n"))
        #expect(all.messages == "")
    }

    @Test func `slices, and JSON`() throws {
        let folder = try Bank.folder(model: true)
        let result = try Program.expect(
            0,
            ["evaluate", "model", "bank.csv", "--slice", "Gender", "--json"],
            in: folder
        )
        let json = try parsed(result.output)
        #expect((json["slices"] as? [Any])?.count == 2)
        #expect(json["metrics"] is [Any])
        try Program.expect(
            64,
            ["evaluate", "model", "bank.csv", "--slice", "Gendr"],
            in: folder,
            says: "--slice \"Gendr\": the model has no such category column; it has \"Geography\""
        )
    }
}
