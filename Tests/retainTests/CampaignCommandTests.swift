import Foundation
import TestSupport
import Testing

/// `campaign plan`, `list`, `show`, `close` and `reproduce`, as a retention team runs them.
@Suite struct CampaignCommandTests {
    private static func plan(
        _ name: String = "spring",
        _ arguments: [String] = ["bank.csv", "--contacts", "100"],
        output: String = "list.csv"
    ) -> [String] {
        ["campaign", "plan", name, "model"] + arguments + ["-o", output]
    }

    /// The texts of a file's first column, without its title.
    private static func customers(_ file: String, in folder: TemporaryFolder) throws -> [String] {
        try folder.text(file).split(separator: "\n").dropFirst()
            .map { String($0.prefix { $0 != "," }) }
    }

    @Test func `a campaign is planned, looked up, reproduced and closed`() throws {
        let folder = try Bank.folder(model: true)
        let planned = try Program.expect(0, Self.plan(), in: folder, says: "Made the key")
        #expect(planned.output.contains("Campaign spring: 100 of 600 customers are chosen"))
        let listed = try Self.customers("list.csv", in: folder)
        let heldOut = try Self.customers("spring.held-out.csv", in: folder)
        #expect(listed.count + heldOut.count == 100 && !heldOut.isEmpty)
        #expect(Set(listed).isDisjoint(with: heldOut))

        let list = try Program.expect(0, ["campaign", "list"], in: folder).output
        #expect(list.contains("spring") && list.contains("open"))
        let shown = try Program.expect(
            0,
            ["campaign", "show", "spring"],
            in: folder,
            says: "open."
        )
        #expect(shown.output.contains("Campaign spring: 100 of 600 customers are chosen"))
        let portuguese = ["campaign", "show", "spring", "--language", "pt-BR"]
        let told = try Program.expect(0, portuguese, in: folder).output
        #expect(told.contains("Campanha spring: 100 de 600 clientes foram escolhidos"))
        #expect(told.contains("Logo atrás:") && !told.contains("expected"))
        let json = try Program.expect(0, ["campaign", "show", "spring", "--json"], in: folder)
        #expect(json.output == (try folder.text("spring.json")))

        try folder.makeFolder("again")
        try Program.expect(
            0,
            ["campaign", "reproduce", "spring", "bank.csv", "-o", "again/list.csv"],
            in: folder,
            says: "byte for byte"
        )
        for file in ["list.csv", "spring.held-out.csv"] {
            #expect(try folder.text("again/" + file) == (try folder.text(file)), "\(file)")
        }

        try Program.expect(
            0,
            ["campaign", "close", "spring"],
            in: folder,
            says: "may be chosen by other"
        )
        let entries = try Program.expect(0, ["campaign", "list", "--json"], in: folder).output
        #expect(entries.contains("\"closed\""))
        try Program.expect(64, ["campaign", "close", "spring"], in: folder, says: "already")
        try Program.expect(
            64,
            ["campaign", "show", "autumn"],
            in: folder,
            says: "it has \"spring\""
        )
    }

    @Test func `data, model and key must be those of the decision`() throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(0, Self.plan(), in: folder)
        try folder.file("other.csv", try folder.text("bank.csv") + "\n")
        try Program.expect(
            3,
            ["campaign", "reproduce", "spring", "other.csv"],
            in: folder,
            says: "is not the file that spring was planned from"
        )
        try folder.file("other.key", String(repeating: "ab", count: 32) + "\n")
        try Program.expect(
            3,
            ["campaign", "reproduce", "spring", "bank.csv", "--key-file", "other.key"],
            in: folder,
            says: "was drawn with"
        )
    }

    @Test func `a budget that allows nobody, and costs below nothing, are refused`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(
            64,
            Self.plan("spring", ["bank.csv", "--budget", "0.5"]),
            in: folder,
            says: "allows nobody: the cheapest contact that pays costs"
        )
        let schema = try folder.text("retain.yaml")
        let value = try #require(
            schema.range(of: "contact_cost: [0-9.]+", options: .regularExpression)
        )
        try folder.file(
            "retain.yaml",
            schema.replacingCharacters(in: value, with: "contact_cost: -1")
        )
        let refused = try Program.run(Self.plan(), in: folder)
        #expect(refused.code == 65 && refused.messages.contains("contact_cost"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/list.csv"))
        // A customer's own value below nothing is named with its line.
        try folder.file("retain.yaml", schema)
        try folder.file(
            "scores.csv",
            "identifier,churn_probability,value\na,0.5,100\nb,0.5,-1\n"
        )
        try Program.expect(
            65,
            Self.plan("spring", ["--scored", "scores.csv", "--contacts", "1"]),
            in: folder,
            says: "column \"value\" is below 0 in line 3"
        )
        #expect(try Program.expect(0, ["campaign", "list"], in: folder).output.isEmpty)
    }

    @Test func `a customer in two campaigns at once is refused unless that is allowed`() throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(0, Self.plan(), in: folder)
        let second = Self.plan("summer", output: "summer.csv")
        try Program.expect(
            3,
            second,
            in: folder,
            says: "100 of the 100 chosen are in a campaign that is open",
            "--allow-overlap"
        )
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/summer.csv"))
        try Program.expect(
            0,
            second + ["--allow-overlap"],
            in: folder,
            says: "100 of the chosen are in another campaign that is open."
        )
        try Program.expect(
            64,
            Self.plan(),
            in: folder,
            says: "there is a campaign \"spring\" already"
        )
    }

    @Test func `scores with their data give reasons, and the list that the data gives`() throws {
        let folder = try Bank.folder(model: true)
        let few = ["--contacts", "20", "--reasons", "2"]
        try Program.expect(0, ["score", "model", "bank.csv", "-o", "scores.csv"], in: folder)
        try Program.expect(0, Self.plan("spring", ["bank.csv"] + few), in: folder)
        try folder.makeFolder("scored")
        let scored = ["--database", "scored/retain.db", "--key-file", "retain.db.key"]
        let arguments = ["bank.csv", "--scored", "scores.csv"] + few + scored
        try Program.expect(0, Self.plan("spring", arguments, output: "scored/list.csv"), in: folder)
        let list = try folder.text("list.csv")
        #expect(list.contains("reason_1,points_1,reason_2,points_2"))
        #expect(try folder.text("scored/list.csv") == list)
        let again = ["campaign", "reproduce", "spring", "bank.csv"] + scored
        try Program.expect(
            0,
            again + ["--scored", "scores.csv"],
            in: folder,
            says: "byte for byte"
        )
        try Program.expect(
            64,
            again,
            in: folder,
            says: "was planned from scores and data; name both"
        )
        try Program.expect(
            64,
            Self.plan("autumn", ["--scored", "scores.csv"] + few),
            in: folder,
            says: "name the data, too"
        )
    }

    @Test func `amounts that scores lack come from the data`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let schema = try folder.text("retain.yaml")
        let value = try #require(
            schema.range(of: "customer_value: [0-9.]+", options: .regularExpression)
        )
        try folder.file(
            "retain.yaml",
            schema.replacingCharacters(
                in: value,
                with: "customer_value: {column: EstimatedSalary, typical: 100000}"
            )
        )
        try Program.expect(0, ["score", "model", "bank.csv", "-o", "scores.csv"], in: folder)
        let fifty = ["--contacts", "50", "--allow-overlap"]
        try Program.expect(
            0,
            Self.plan("rows", ["bank.csv"] + fifty, output: "rows.csv"),
            in: folder
        )
        let scored = ["--scored", "scores.csv"] + fifty
        try Program.expect(
            0,
            Self.plan("scores", ["bank.csv"] + scored, output: "scores-list.csv"),
            in: folder
        )
        let chosen = { (list: String, name: String) in
            try Set(Self.customers(list, in: folder))
                .union(Self.customers("\(name).held-out.csv", in: folder))
        }
        #expect(try chosen("rows.csv", "rows") == chosen("scores-list.csv", "scores"))
        try Program.expect(
            65,
            Self.plan("none", scored),
            in: folder,
            says: "the column \"EstimatedSalary\"",
            "name the data, too"
        )
        let some = try folder.text("bank.csv").split(separator: "\n").dropLast(2)
        try folder.file("some.csv", some.joined(separator: "\n") + "\n")
        try Program.expect(
            65,
            Self.plan("less", ["some.csv"] + scored),
            in: folder,
            says: "2 of the 600 customers of scores.csv are not in some.csv"
        )
    }
}
