import Campaign
import Evaluation
import Lifecycle
import Schema
import TestSupport
import Testing
import Training

@Suite struct CampaignReaderTests {
    static let terms = CampaignCosts().campaignTerms
    static let valued = CampaignTerms(
        customerValue: CampaignAmount(column: "worth", typical: 200),
        offers: terms.offers
    )

    static func schema(identifier: String? = "customer") -> Schema {
        Schema(
            target: .init(column: "left", positive: "1", negative: "0"),
            identifier: identifier,
            columns: [
                ColumnSchema(name: "age", role: .feature, type: .number(minimum: 0, maximum: nil))
            ]
        )
    }

    private func read(
        _ text: String,
        _ terms: CampaignTerms = CampaignReaderTests.terms
    ) throws -> CampaignReader.Read {
        let folder = try TemporaryFolder()
        let path = try folder.file("scores.csv", text)
        return try CampaignReader(terms, schema: Self.schema(), threads: 2).scored(path)
    }

    private func problem(
        _ text: String,
        _ terms: CampaignTerms = CampaignReaderTests.terms
    ) -> String {
        do {
            _ = try read(text, terms)
            return ""
        } catch {
            // Without the folder, whose name is another each time.
            return "\(error)".split(separator: "/").last.map(String.init) ?? ""
        }
    }

    @Test func `a file of scores has customers and probabilities`() throws {
        let read = try read("identifier,churn_probability,risk\na,0.25,low\n\"b,c\",0.5,high\n")
        #expect(read.customers.identifiers == IdentifierList(["a", "b,c"]))
        #expect(read.customers.probabilities == [0.25, 0.5])
        #expect(read.customers.values == .same(200))
        #expect(read.rowCount == 2 && read.rejected == 0 && read.value == nil)
    }

    @Test func `values come from the column of the terms, or from one called value`() throws {
        let own = try read(
            "identifier,churn_probability,worth\na,0.25,70\nb,0.5,1e3\n",
            Self.valued
        )
        #expect(own.customers.values == .each([70, 1_000]))
        #expect(own.value == "worth")
        let called = try read("identifier,churn_probability,value\na,0.25,70\n")
        #expect(called.customers.values == .each([70]))
        #expect(called.value == "value")
    }

    @Test func `a row with too few fields is counted`() throws {
        let read = try read("identifier,churn_probability\na,0.25\nb\nc,0.5\n")
        #expect(read.customers.count == 2 && read.rejected == 1 && read.rowCount == 3)
        #expect(read.rows == [0, 2])
        #expect(read.firstProblem?.hasPrefix("line 3") == true)
    }

    @Test(arguments: [
        (
            "identifier,churn_probability,worth\na,0.5,\nb,0.5,  \nc,0.5,-3\nd,0.5,much\n",
            "scores.csv: column \"worth\" is empty in 2 rows, first in line 2; column \"worth\" is below 0 in line 4 (\"-3\");"
                + " column \"worth\" is no number in line 5 (\"much\"); mend these rows, or take them out of the file"
        ),
        (
            "identifier,churn_probability\na,0.5\n",
            "scores.csv: the column \"worth\", which costs: of retain.yaml names, is not there; add the column to the file, or"
                + " name the data, too, from which it is read then: MODEL DATA --scored FILE"
        ),
        (
            "identifier,churn_probability,worth\na,1.5,1\nb,,1\n",
            "scores.csv: column \"churn_probability\" is no probability from 0 to 1 in 2 rows, first in line 2 (\"1.5\"); mend"
                + " these rows, or take them out of the file"
        ),
        (
            "identifier,churn_probability,worth\na,0.5,1\nb,0.5,1\na,0.5,1\nb,0.5,1\n",
            "scores.csv: the identifier \"a\" (column \"identifier\") stands in row 1 and again in row 3; 2 rows repeat an earlier"
                + " one; keep one row for each customer"
        ),
        (
            "identifier,churn_probability,worth\n,0.5,1\n",
            "scores.csv: column \"identifier\" is empty, so that the customer has no name in line 2; mend these rows, or take"
                + " them out of the file"
        ),
        (
            "churn_probability,worth\n0.5,1\n",
            "scores.csv: there is no column \"identifier\", so customers can't be named; write one, as retain score does"
        ),
        (
            "identifier,worth\na,1\n",
            "scores.csv: there is no column \"churn_probability\"; write one, as retain score does, or leave out --scored"
        ),
        (
            "identifier,churn_probability,worth\n",
            "scores.csv: it has no customer whom a campaign could choose"
        ),
    ])
    func `what can't be used is named with its place`(text: String, message: String) {
        #expect(problem(text, Self.valued) == message)
    }

    private func beside(_ data: String, needsRows: Bool = false) throws -> CampaignReader.Read {
        let folder = try TemporaryFolder()
        let scores = try folder.file(
            "scores.csv",
            "identifier,churn_probability\na,0.25\nb,0.5\nc,0.75\n"
        )
        return try CampaignReader(Self.valued, schema: Self.schema(), threads: 2)
            .scored(scores, beside: try folder.file("data.csv", data), needsRows: needsRows)
    }

    @Test func `amounts that scores lack are those of the data, by identifier`() throws {
        let read = try beside("age,customer,worth\n1,c,30\n2,x,\n3,a,10\n4,b,20\n")
        #expect(read.customers.values == .each([10, 20, 30]))
        #expect(read.rows == [2, 3, 0])
        #expect(read.beside?.name == "data.csv" && read.value == "worth")
    }

    @Test(arguments: [
        ("customer,worth\na,10\nb,20\n", "1 of the 3 customers of"),
        ("customer,worth\na,10\nb,20\nc,\n", "column \"worth\" is empty in line 4"),
        ("customer,worth\na,10\nb,20\nc,1\na,10\n", "stands in row 1 already"),
        ("customer,age\na,10\n", "nor is it in"),
        ("name,worth\na,10\n", "it has no column that names customers"),
    ])
    func `what the data lacks, too, is named`(data: String, message: String) {
        let error = #expect(throws: CampaignError.self) { try beside(data) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `a share from a column must be at most 1`() {
        var terms = Self.terms
        terms.offers[0].acceptanceRate = CampaignAmount(column: "rate", typical: 0.3)
        #expect(
            problem("identifier,churn_probability,rate\na,0.5,30\n", terms)
                == "scores.csv: column \"rate\" is above 1 in line 2 (\"30\"); mend these rows, or take them out of the file"
        )
    }

    @Test func `without an identifier customers can't be named`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(300)
        let model = try trained(path).model
        for (identifier, message) in [
            (nil, "no column names the customers of"),
            ("nobody", "the column \"nobody\", which names customers, is not there; it has "),
        ] as [(String?, String)] {
            let reader = CampaignReader(
                Self.terms,
                schema: Self.schema(identifier: identifier),
                threads: 1
            )
            let error = #expect(throws: CampaignError.self) {
                try reader.scoring(path, by: model)
            }
            #expect(error?.description.contains(message) == true)
        }
    }
}
