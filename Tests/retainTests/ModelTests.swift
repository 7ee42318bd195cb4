import Foundation
import Testing

/// `score` and `evaluate`, which take a model.
@Suite struct ModelTests {
    @Test func scoresEveryRowInOrder() throws {
        let folder = try Bank.folder(model: true)
        let result = try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "scores.csv"],
            in: folder,
            says: "600 rows read, 600 scored, 0 rejected.\n"
        )
        #expect(result.output == "")
        let scores = try folder.read("scores.csv")
        let identifiers = scores.split(separator: "\n").map { $0.prefix { $0 != "," } }
        let customers = try folder.read("bank.csv").split(separator: "\n").map {
            $0.split(separator: ",")[1]
        }
        #expect(scores.hasPrefix("identifier,churn_probability,risk\n"))
        #expect(Array(identifiers.dropFirst()) == Array(customers.dropFirst()))
        let piped = try Program.expect(
            0,
            ["score", "model", "-", "-o", "-", "--threads", "1"],
            in: folder,
            input: folder.read("bank.csv")
        )
        #expect(piped.output == scores)
    }

    @Test func rejectedRowsAreAnErrorUnlessTheyHaveAPlace() throws {
        let folder = try Bank.folder(model: true)
        try folder.write(Bank.broken(), to: "broken.csv")
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
        #expect(try folder.read("scores.csv").split(separator: "\n").count == 600)
        let rejects = try folder.read("rejects.csv").split(separator: "\n")
        #expect(rejects.count == 2)
        #expect(rejects[0] == "line,reason,row")
        #expect(rejects[1].hasPrefix("3,\"column \"\"Point Earned\"\": \"\"old\"\" is not"))
        #expect(rejects[1].hasSuffix(",old\""))
    }

    @Test func aChangedByteIsRefused() throws {
        let folder = try Bank.folder(model: true)
        for file in try folder.files(below: "model").keys.sorted() {
            let kept = try folder.bytes("model/\(file)")
            guard let last = kept.last else { continue }
            try folder.write(kept.dropLast() + [last ^ 1], to: "model/\(file)")
            try Program.expect(
                65,
                ["score", "model", "bank.csv", "-o", "scores.csv"],
                in: folder,
                says: "model folder model, \(file): "
            )
            try folder.write(kept, to: "model/\(file)")
        }
        #expect(try folder.names == ["bank.csv", "model"])
    }

    @Test func anUnknownFormatVersionIsRefused() throws {
        let folder = try Bank.folder(model: true)
        let manifest = try folder.read("model/retain/manifest.json")
        let changed = manifest.replacing("\"format_version\" : 4", with: "\"format_version\" : 99")
        #expect(changed != manifest)
        try folder.write(changed, to: "model/retain/manifest.json")
        try Program.expect(
            65,
            ["evaluate", "model", "bank.csv"],
            in: folder,
            says:
                "format version 99 is unknown, this Retain reads version 4; use the Retain that wrote"
        )
    }

    @Test(arguments: [
        ("none", "model folder none: there is no such folder; check the path"),
        ("photos", "retain/manifest.json: is missing, so this is no model folder of Retain"),
        ("bank.csv", "model folder bank.csv: there is no such folder"),
    ])
    func whatIsNoModel(name: String, message: String) throws {
        let folder = try Bank.folder()
        try folder.makeFolder("photos")
        for verb in ["score", "evaluate"] {
            try Program.expect(65, [verb, name, "bank.csv"], in: folder, says: message)
        }
    }

    @Test func aMissingColumnIsNamed() throws {
        let folder = try Bank.folder(model: true)
        try folder.write(
            folder.read("bank.csv").replacing(",Age,", with: ",Agee,"),
            to: "other.csv"
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

    @Test func judgesTheRowsThatTrainingNeverSaw() throws {
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
        let all = try Program.expect(
            0,
            ["evaluate", "model", "bank.csv", "--all-rows"],
            in: folder
        )
        #expect(all.output.contains("\nEvery row: 600 customers, "))
        #expect(all.output.contains("; the target is Exited = 1.\n"))
        #expect(all.messages == "")
    }

    @Test func slicesAndJSON() throws {
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
