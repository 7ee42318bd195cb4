import Schema
import Testing

/// What `init` makes of columns of invented customers: what is measured stays, what names goes.
@Suite struct ColumnRoleTests {
    /// A column of a table, what it is called, and what it is.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let role: Role
        /// A field, from a customer's number, whether she left, and chance.
        let field: @Sendable (Int, Bool, inout Weyl) -> String

        var testDescription: String { name }
    }

    private static let tables: [Case] = [
        // A quantity of six digits that decides.
        Case(name: "annual_income", role: .feature) { _, left, random in
            "\((left ? 120_000 : 300_000) + Int.random(in: 0 ..< 600_000, using: &random))"
        },
        // One that tells nothing.
        Case(name: "credit_limit", role: .feature) { _, _, random in
            "\(Int.random(in: 100_000 ... 900_000, using: &random))"
        },
        // One whose name says nothing.
        Case(name: "x7", role: .feature) { _, _, random in
            "\(Int.random(in: 1_000_000 ... 9_999_999, using: &random))"
        },
        // A file sorted by a quantity.
        Case(name: "lifetime_value_cents", role: .feature) { number, _, _ in
            "\(300 + number * number / 7 + number)"
        },
        // Values without a repetition, the low ones of those who left.
        Case(name: "priority", role: .feature) { number, left, _ in
            "\(number * 7 % 1_000 * 3 + (left ? 0 : 1_501))"
        },
        Case(name: "customer_id", role: .identifier) { _, _, random in
            "\(Int.random(in: 100_000_000 ... 999_999_999, using: &random))"
        },
        // By date of joining, so that it tells.
        Case(name: "AccountNumber", role: .identifier) { number, left, _ in
            "\(left ? 500_000 + number : 700_000 + number)"
        },
        Case(name: "msisdn", role: .identifier) { number, _, _ in
            "4917\(1_000_000 + number * 7_919 % 8_999_993)"
        },
        Case(name: "ref", role: .identifier) { number, _, _ in "0\(10_000 + number * 3)" },
        Case(name: "contract", role: .identifier) { number, _, _ in "C006-\(100_000 + number / 2)"
        },
        Case(name: "x8", role: .identifier) { number, _, _ in
            "\(20_230_000_000 + (number * 7_919) % 100_003)"
        },
        Case(name: "surname", role: .identifier) { _, _, random in
            "Name\(Int.random(in: 0 ..< 400, using: &random))"
        },
        // Many levels, which are used.
        Case(name: "city", role: .feature) { _, _, random in
            "City \(Int.random(in: 0 ..< 200, using: &random))"
        },
        Case(name: "postal_code", role: .feature) { _, _, random in
            "0\(1_000 + Int.random(in: 0 ..< 150, using: &random))"
        },
        // Nothing to learn from.
        Case(name: "remark", role: .ignored) { number, _, random in
            number % 9 == 0 ? "none" : "note \(Int.random(in: 0 ..< 20_000, using: &random))"
        },
    ]

    private static func customers(_ column: Case, count: Int = 1_000) -> CustomerFile {
        var random = Weyl(UInt64(column.name.utf8.reduce(0) { $0 + Int($1) }))
        return CustomerFile(
            header: [column.name, "tenure", "left"],
            rows: (0 ..< count).map { number in
                let left = Int.random(in: 0 ..< 3, using: &random) == 0
                return [
                    column.field(number, left, &random),
                    "\(Int.random(in: 0 ... 72, using: &random))", left ? "yes" : "no",
                ]
            }
        )
    }

    @Test(arguments: tables)
    func `a column has the role of what stands in it`(column: Case) throws {
        let result = try Self.customers(column).schema(target: "left")
        #expect(result.role(column.name) == column.role, "\(result.reason(column.name) ?? "")")
        if column.role != .feature {
            #expect(result.reason(column.name)?.isEmpty == false)
        }
    }

    @Test func `what stays out though it may be useful is told, with what to do`() throws {
        let remark = try #require(Self.tables.first { $0.name == "remark" })
        let result = try Self.customers(remark).schema(target: "left")
        #expect(
            result.advice == [
                "Not used: \"remark\": a model can learn nothing from texts that don't repeat; if they are "
                    + "of some kinds, write the kind into a column of its own."
            ]
        )
        let unnamed = try #require(Self.tables.first { $0.name == "x8" })
        #expect(
            try Self.customers(unnamed).schema(target: "left").advice.first?
                .hasPrefix("Not used: \"x8\": its values never meet") == true
        )
        let named = try #require(Self.tables.first { $0.name == "customer_id" })
        #expect(try Self.customers(named).schema(target: "left").advice.isEmpty)
    }

    @Test(arguments: [("x7", true), ("annual_income", false), ("priority", true)])
    func `a feature that may be a name is told`(name: String, isTold: Bool) throws {
        let column = try #require(Self.tables.first { $0.name == name })
        let result = try Self.customers(column).schema(target: "left")
        #expect(result.reason(name)?.hasPrefix("hardly repeats") == isTold)
        #expect(result.reason(name)?.hasSuffix("role: identifier") == isTold)
    }

    @Test func `numbers among which words stand are told`() throws {
        var file = CustomerFile.column((0 ..< 200).map { "\($0)" })
        for row in file.rows.indices where row % 4 == 0 {
            file.rows[row][0] = ["not yet", "later", "never"][row / 4 % 3]
        }
        let advice = try file.schema(target: "Left").advice
        #expect(
            advice.count == 1 && advice.first?.contains("75 % of its fields are numbers") == true
        )
        #expect(advice.first?.contains("null_values") == true)
    }

    @Test func `rare levels are one`() throws {
        // 150 cities with 8 rows, 60 with 2, and 30 with 1.
        let fields = (0 ..< 1_350).map { row in
            row < 1_200
                ? "city \(100 + row / 2 % 150)"
                : row < 1_320 ? "town \(row / 2 % 60)" : "village \(row)"
        }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        guard case .levels(let levels)? = result.type("Value") else {
            Issue.record("no levels: \(result.reason("Value") ?? "")")
            return
        }
        #expect(levels == (100 ..< 250).map { "city \($0)" })
        #expect(result.column("Value")?.unseen == .other)
        #expect(
            result.reason("Value")
                == "the 150 of 240 levels that occur at least 8 times; the others count as one (unseen: other)"
        )
    }

    @Test func `columns that a model does not read are named with the reason`() throws {
        let schema = try CustomerFile.bank(500).schema(target: "Exited").schema
        let header = CustomerFile.bank(60).header + ["Extra"]
        #expect(
            schema.unusedColumns(of: header)
                == "Columns that the model does not read: \"RowNumber\", \"CustomerId\", \"Surname\" "
                + "(identifier); \"Complain\" (leak); \"Extra\" (not in retain.yaml)."
        )
        #expect(schema.unusedColumns(of: ["Age", "Exited"]) == nil)
    }
}
