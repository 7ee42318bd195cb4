import Schema
import Testing

@Suite struct IdentifierRuleTests {
    private func finding(
        _ numbers: [Double],
        name: String = "V12",
        tells: Bool = false
    ) -> IdentifierRule.Finding {
        IdentifierRule(name: name, numbers: numbers, distinct: Array(Set(numbers)).sorted())
            .finding(tellsTarget: { tells })
    }

    @Test(arguments: ["V12", "annual_income"], [false, true])
    func `counters are identifiers whatever they tell`(name: String, tells: Bool) {
        #expect(
            finding((1 ... 10).map(Double.init), name: name, tells: tells) == .identifier(.counter)
        )
        #expect(
            finding((0 ... 5_000).map(Double.init), name: name, tells: tells)
                == .identifier(.counter)
        )
    }

    @Test(arguments: [300, 10_000])
    func `so are numbers that are unique by far more than chance`(count: Int) {
        var random = Weyl(7)
        let ids = Array((0 ..< count * 25).shuffled(using: &random).prefix(count)).map(Double.init)
        #expect(finding(ids) == .identifier(.unique))
        #expect(finding(ids, tells: true) == .telling)
        #expect(finding(ids, name: "lifetime_spend") == .quantity)
        #expect(finding(ids, name: "customer_id", tells: true) == .identifier(.name))
    }

    @Test(arguments: [100, 1_000, 10_000], [75, 1_000, 200_000])
    func `measured quantities are not`(count: Int, range: Int) {
        var random = Weyl(UInt64(count + range))
        let values = (0 ..< count).map { _ in Double(Int.random(in: 0 ..< range, using: &random)) }
        #expect(finding(values) == .quantity)
    }

    @Test(arguments: [120_000 ... 980_000, 100_000 ... 999_999, 1_000_000 ... 9_999_999])
    func `length makes no identifier of a quantity`(range: ClosedRange<Int>) {
        var random = Weyl(3)
        let values = (0 ..< 900).map { _ in Double(Int.random(in: range, using: &random)) }
        #expect(finding(values) == .quantity)
        #expect(finding(values.sorted()) == .quantity)
        #expect(finding(values, name: "account_number") == .identifier(.name))
    }

    @Test func `eight digits and more are a name's where nothing says otherwise`() {
        #expect(finding([15_634_602, 15_647_311]) == .identifier(.digits))
        #expect(finding([15_634_602, 15_647_311], name: "revenue_cents") == .quantity)
        #expect(finding([15_634_602, 15_647_311], tells: true) == .telling)
        #expect(finding([42, 41, 39]) == .quantity)
        #expect(finding([]) == .quantity)
        #expect(finding([5]) == .quantity)
    }

    @Test func `equal steps and check digits are a form`() {
        #expect(
            finding((0 ..< 50).map { 7_000 + 13 * Double($0) }) == .identifier(.steps)
        )
        let cards = (0 ..< 60).map { number -> Double in
            let body = 400_000 + number * 1_237
            let check = (0 ..< 10).first { Self.isLuhn(body * 10 + $0) } ?? 0
            return Double(body * 10 + check)
        }
        #expect(finding(cards) == .identifier(.checkDigit))
        #expect(finding(cards.map { $0 + 1 }) == .quantity)
    }

    private static func isLuhn(_ number: Int) -> Bool {
        let digits = String(number).reversed().compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { sum, digit in
            let value = digit.offset % 2 == 0 ? digit.element : 2 * digit.element
            return sum + (value > 9 ? value - 9 : value)
        }
        return sum % 10 == 0
    }

    @Test func `a customer with several rows is still named, a shop is not`() {
        let rows = (0 ..< 3_000).map { Double(500_000 + $0 % 250 * 17) }
        #expect(finding(rows, name: "customer_id") == .identifier(.name))
        #expect(finding(rows, name: "store_id") == .quantity)
        let shops = (0 ..< 3_000).map { Double($0 % 12) }
        #expect(finding(shops, name: "customer_id") == .quantity)
    }
}

@Suite struct ColumnNameTests {
    @Test(arguments: [
        "id", "ID", "Id", "customer_id", "CustomerId", "CustomerID", "customerid", "CLIENTNUM",
        "Account Number", "acct_no", "Policy_Nr", "kunden_id", "Kundennummer", "codigo_cliente_id",
        "user-key", "RowNumber", "Phone Number", "contract_ref", "subscriber#", "email",
        "customer_ids",
    ])
    func `names of customers`(name: String) {
        #expect(ColumnName(name).namesCustomer && !ColumnName(name).isQuantity)
    }

    @Test(arguments: [
        "annual_income", "AnnualIncome", "credit_limit", "lifetime_value_cents", "MonthlyCharges",
        "account_balance", "customer_value", "number_of_calls", "Total Revenue", "renda_mensal",
        "Umsatz",
        "salario", "montant_total", "data_usage_mb",
    ])
    func `names of quantities`(name: String) {
        #expect(ColumnName(name).isQuantity && !ColumnName(name).namesCustomer)
    }

    @Test(arguments: [
        "paid", "void", "NumOfProducts", "humid", "area code", "zip_code", "plan_code",
    ])
    func `words that only end like a number's`(name: String) {
        #expect(!ColumnName(name).namesCustomer)
    }

    @Test(arguments: [
        ("Surname", true), ("last_name", true), ("LastName", true), ("name", true),
        ("Customer Name", true),
        ("Nachname", true), ("street", true), ("plan_name", false), ("city", false),
        ("product name", false),
    ])
    func `names of persons`(name: String, isPerson: Bool) {
        #expect(ColumnName(name).namesPerson == isPerson)
    }
}
