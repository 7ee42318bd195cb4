import Schema
import Tabular
import Testing

@Suite struct SchemaInferenceTests {
    @Test(arguments: [60, 500, 10_000])
    func `finds the roles of a bank`(count: Int) throws {
        let result = try CustomerFile.bank(count).schema(target: "Exited")
        #expect(result.role("RowNumber") == .identifier)
        #expect(result.reason("RowNumber") == "counts the rows")
        #expect(result.role("CustomerId") == .identifier)
        #expect(result.reason("CustomerId") == "a value of its own in every row")
        #expect(result.role("Surname") == .identifier)
        #expect(result.role("Complain") == .leak)
        #expect(result.leaks.map(\.column) == ["Complain"])
        #expect(result.schema.identifier == "CustomerId")
        #expect(
            result.schema.features.map(\.name) == [
                "CreditScore", "Geography", "Age", "Balance", "NumOfProducts", "HasCrCard",
                "EstimatedSalary",
            ]
        )
        #expect(result.type("Geography") == .levels(["France", "Germany", "Spain"]))
        #expect(result.type("HasCrCard") == .boolean(no: "0", yes: "1"))
        #expect(result.type("NumOfProducts") == .number(minimum: 0, maximum: 7))
        #expect(result.type("Exited") == .boolean(no: "0", yes: "1"))
        #expect(result.schema.target == .init(column: "Exited", positive: "1", negative: "0"))
        #expect(result.rowCount == count)
    }

    @Test func `batches of any size give the same schema`() throws {
        let file = CustomerFile.bank(500)
        let whole = try file.schema(target: "Exited")
        let parts = try SchemaInference(target: "Exited")
            .infer(header: file.header, batches: file.batches(of: 7))
        #expect(parts.schema == whole.schema)
        #expect(parts.leaks == whole.leaks)
        #expect(parts.evidence == whole.evidence)
    }

    @Test func `reads subscribers with blanks and words`() throws {
        var random = Weyl(3)
        let rows = (0 ..< 700).map { index -> [String] in
            let months = Int.random(in: 0 ... 72, using: &random)
            let rate = Double(Int.random(in: 1800 ... 11900, using: &random)) / 100
            return [
                "\(1000 + index * 13 % 9000)-A\(index)", index % 2 == 0 ? "Male" : "Female",
                "\(Int.random(in: 0...1, using: &random))",
                Bool.random(using: &random) ? "Yes" : "No", "\(months)",
                ["Month-to-month", "One year", "Two year"].randomElement(using: &random) ?? "",
                ["Yes", "No", "No phone service"].randomElement(using: &random) ?? "", "\(rate)",
                months == 0 ? " " : "\(rate * Double(months))",
                Int.random(in: 0 ... 3, using: &random) == 0 ? "Yes" : "No",
            ]
        }
        let result = try CustomerFile(
            header: [
                "customerID", "gender", "SeniorCitizen", "Partner", "tenure", "Contract",
                "MultipleLines", "MonthlyCharges", "TotalCharges", "Churn",
            ],
            rows: rows
        ).schema(target: "Churn")
        #expect(result.schema.identifier == "customerID")
        #expect(result.schema.target.positive == "Yes")
        #expect(result.type("gender") == .levels(["Female", "Male"]))
        #expect(result.type("SeniorCitizen") == .boolean(no: "0", yes: "1"))
        #expect(result.type("Partner") == .boolean(no: "No", yes: "Yes"))
        #expect(result.type("MultipleLines") == .levels(["No", "No phone service", "Yes"]))
        #expect(result.column("TotalCharges")?.nulls == .impute)
        #expect(result.column("MonthlyCharges")?.nulls == .error)
        #expect(result.leaks.isEmpty)
    }

    @Test func `reads card holders who attrited`() throws {
        var random = Weyl(4)
        let rows = (0 ..< 1000).map { index -> [String] in
            let left = index % 6 == 0
            return [
                "\(708_082_083 + index * 120_041)",
                left ? "Attrited Customer" : "Existing Customer",
                ["$60K - $80K", "Less than $40K", "$120K +", "Unknown"].randomElement(
                    using: &random
                ) ?? "",
                "\(Double.random(in: 1438...34516, using: &random))",
                left ? "0.999\(index)" : "0.0001\(index)",
            ]
        }
        let result = try CustomerFile(
            header: ["CLIENTNUM", "Attrition_Flag", "Income_Category", "Credit_Limit", "Bayes"],
            rows: rows
        ).schema(target: "Attrition_Flag")
        #expect(result.schema.identifier == "CLIENTNUM")
        #expect(
            result.schema.target
                == .init(
                    column: "Attrition_Flag",
                    positive: "Attrited Customer",
                    negative: "Existing Customer"
                )
        )
        #expect(
            result.type("Income_Category")
                == .levels(["$120K +", "$60K - $80K", "Less than $40K", "Unknown"])
        )
        #expect(result.role("Bayes") == .leak)
    }

    @Test(arguments: [
        ("Yes", "No", "Yes"), ("1", "0", "1"), ("1.0", "0.0", "1.0"), ("TRUE", "FALSE", "TRUE"),
        ("t", "f", "t"), ("y", "n", "y"), ("Churned", "Stayed", "Churned"),
        ("left", "active", "left"), ("not churned", "churned", "churned"),
    ])
    func `knows words for leaving`(one: String, other: String, positive: String) throws {
        var file = CustomerFile.column((0 ..< 20).map { "\($0 % 3)" })
        for row in file.rows.indices { file.rows[row][1] = row % 2 == 0 ? one : other }
        #expect(try file.schema(target: "Left").schema.target.positive == positive)
    }

    @Test func `takes the positive level that is asked for`() throws {
        var file = CustomerFile.column((0 ..< 20).map { "\($0 % 3)" })
        for row in file.rows.indices { file.rows[row][1] = row % 2 == 0 ? "A" : "B" }
        let target = try file.schema(target: "Left", positive: "B").schema.target
        #expect(target == .init(column: "Left", positive: "B", negative: "A"))
    }

    @Test func `sorts levels by code point and tells normalisation forms apart`() throws {
        let words = ["b", "B", "é", "e\u{301}", "a"]
        let result = try CustomerFile.column((0 ..< 50).map { words[$0 % 5] }).schema(
            target: "Left"
        )
        guard case .levels(let levels) = result.type("Value") else {
            Issue.record("no levels")
            return
        }
        #expect(
            levels.map { Array($0.utf8) }
                == ["B", "a", "b", "e\u{301}", "é"].map { Array($0.utf8) }
        )
    }

    @Test func `numbers with a few mistakes stay numbers`() throws {
        let fields = (0 ..< 100).map { $0 == 41 ? "abc" : "\(Double($0 % 40) + 0.5)" }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value")?.kind == .number)
        #expect(
            result.reason("Value")
                == "1 field is no number, on line 43; add \"abc\" to null_values if it means empty"
        )
    }

    @Test func `zip codes are no numbers`() throws {
        let fields = (0 ..< 60).map { ["02134", "10001", "60601"][$0 % 3] }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value") == .levels(["02134", "10001", "60601"]))
    }

    @Test func `null words count as empty`() throws {
        let fields = (0 ..< 60).map { ["NA", "A", "B", "", " "][$0 % 5] }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value") == .levels(["A", "B"]))
        #expect(result.column("Value")?.nulls == .impute)
        #expect(result.evidence[0].nullCount == 36)
        #expect(result.evidence[0].nullWords == ["NA"])
        #expect(
            result.yaml().contains("nulls: impute  # 36 empty fields, some written as \"NA\"\n")
        )
    }

    @Test func `levels seen once announce others`() throws {
        let fields = (0 ..< 60).map { $0 == 7 ? "rare" : ["A", "B"][$0 % 2] }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.column("Value")?.unseen == .other)
    }

    @Test func `constant and empty columns`() throws {
        let constant = try CustomerFile.column((0 ..< 20).map { _ in "EUR" }).schema(target: "Left")
        #expect(constant.role("Value") == .constant)
        #expect(constant.reason("Value") == "every row has the value \"EUR\"")
        let number = try CustomerFile.column((0 ..< 20).map { _ in "7" }).schema(target: "Left")
        #expect(number.reason("Value") == "every row has the value \"7\"")
        let empty = try CustomerFile.column((0 ..< 20).map { _ in "" }).schema(target: "Left")
        #expect(empty.role("Value") == .constant)
        #expect(empty.reason("Value") == "every field is empty")
    }

    @Test func `one value or nothing is a feature`() throws {
        let result = try CustomerFile.column((0 ..< 20).map { $0 % 3 == 0 ? "" : "7" })
            .schema(target: "Left")
        #expect(result.role("Value") == .feature)
        #expect(result.column("Value")?.nulls == .impute)
    }

    @Test func `decimal commas`() throws {
        let fields = (0 ..< 40).map { "\($0),5" }
        let comma = try CustomerFile.column(fields).schema(target: "Left", decimalComma: true)
        #expect(comma.type("Value") == .number(minimum: 0, maximum: 79))
        // Beside decimal points, too, but the column's form is written down.
        let point = try CustomerFile.column(fields).schema(target: "Left")
        #expect(point.type("Value") == .number(minimum: 0, maximum: 79))
        #expect(point.column("Value")?.format?.example == "12,5")
        #expect(comma.column("Value")?.format == nil)
    }

    @Test func `a counter names customers where nothing else does`() throws {
        let result = try CustomerFile.column((0 ..< 40).map { "\($0)" }).schema(target: "Left")
        #expect(result.schema.identifier == "Value")
    }

    @Test func `a doubled customer is still named`() throws {
        var file = CustomerFile.bank(1000)
        file.rows[999][1] = file.rows[0][1]
        let result = try file.schema(target: "Exited")
        #expect(result.schema.identifier == "CustomerId")
        #expect(result.reason("CustomerId") == "999 values in 1,000 rows")
    }

    @Test func `malformed records count for nothing`() throws {
        var file = CustomerFile.bank(500)
        let whole = try file.schema(target: "Exited")
        file.rows.append(["1", "2"])
        let result = try file.schema(target: "Exited")
        #expect(result.schema == whole.schema)
        #expect(result.rowCount == 500)
    }

    @Test func `two rows are enough`() throws {
        let file = CustomerFile(header: ["Plan", "Left"], rows: [["A", "yes"], ["B", "no"]])
        let result = try file.schema(target: "Left")
        #expect(result.type("Plan") == .levels(["A", "B"]))
        #expect(result.leaks.isEmpty)
    }

    @Test func `summary has a row per column`() throws {
        let result = try CustomerFile.bank(500).schema(target: "Exited")
        #expect(result.summary.count == 12)
        #expect(result.summary.allSatisfy { $0.count == InferredSchema.summaryHeadings.count })
        #expect(
            result.summary[0] == [
                "RowNumber", "identifier", "number", "0", "1 to 500, 500 distinct values",
                "counts the rows",
            ]
        )
    }
}
