import Schema
import Testing
import Wire

/// Customers who come with how they were before.
@Suite struct BeforeTests {
    /// One column has the name of a member.
    private static let schema = Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: "Id",
        columns: [
            ColumnSchema(name: "Id", role: .identifier, type: .text),
            ColumnSchema(name: "Age", role: .feature, type: .number(minimum: 18, maximum: 100)),
            ColumnSchema(
                name: "before",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )
    private static let decoder = CustomerDecoder(schema)

    private func read(_ json: String) throws -> (customers: CustomerRows, before: CustomerRows?) {
        try Self.decoder.explained(Array(json.utf8))
    }

    @Test(arguments: [
        #"{"Age": 20, "before": 3}"#,
        #"{"Age": 20, "before": "3", "customer": 1, "customers": null}"#,
        #"{"customer": {"Age": 20, "before": 3}}"#,
    ])
    func `one customer stays one, whatever columns are called`(json: String) throws {
        let (customers, before) = try read(json)
        #expect(customers.problems.isEmpty && customers.isSingle && before == nil)
        #expect(customers.coded.values == [20, 3])
    }

    @Test(arguments: [
        #"{"customer": {"Id": 7, "Age": 41}, "before": {"Id": "7", "Age": 40}}"#,
        #"{"before": {"Age": 40}, "x": [1], "customer": {"Age": 41}}"#,
    ])
    func `one customer comes with another time`(json: String) throws {
        let (customers, before) = try read(json)
        #expect(customers.problems.isEmpty && customers.isSingle)
        #expect(customers.coded.values[0] == 41 && before?.coded.values[0] == 40)
    }

    @Test func `many come in one order, and what is out of range is named`() throws {
        let (customers, before) = try read(
            #"{"customers": [{"Age": 41}, {"Age": 42}], "before": [{"Age": 40}, {"Age": 200}]}"#
        )
        #expect(customers.problems.isEmpty && !customers.isSingle && customers.count == 2)
        #expect(before?.coded.values.count == 4 && before?.coded.values[2] == 100)
        #expect(customers.outside.map { "\($0.index) \($0.field)" } == ["1 before.Age"])
        let (plain, none) = try read(#"{"customers": [{"Age": 41}]}"#)
        #expect(plain.count == 1 && !plain.isSingle && none == nil)
        let (list, nothing) = try read(#"[{"Age": 41}]"#)
        #expect(list.count == 1 && nothing == nil)
    }

    @Test(arguments: [
        (#"{"before": {"Age": 40}}"#, "before: is there without customers; write "),
        (#"{"Age": 41, "before": []}"#, "before: is there without customers; write "),
        (#"{"customers": [], "customer": {}}"#, "customer: is there beside customers; give one"),
        (#"{"customers": {}}"#, "customers: must be a list, an array of objects"),
        (#"{"customer": []}"#, "customer: must be one customer, an object"),
        (
            #"{"customer": {"Age": 41}, "before": []}"#,
            "before: must be one customer, an object, as customer is"
        ),
        (
            #"{"customers": [{"Age": 41}], "before": []}"#,
            "before: holds 0 customers and customers 1; give as many, in the same order"
        ),
        (
            #"{"customers": [{"Age": 41}], "before": [{"Age": "old"}]}"#,
            #"customer 0, before.Age: "old" "#
        ),
        (#"{"customers": [{"Age": 41}], "before": [1]}"#, "customer 0, before: is not an object"),
        (
            #"{"customer": {"Id": "a", "Age": 41}, "before": {"Id": "b", "Age": 41}}"#,
            #"before: is of customer "b", and the customer is "a"; give the same one"#
        ),
    ])
    func `what does not fit together is named with a remedy`(json: String, problem: String) throws {
        let found = try read(json).customers.problems.map(\.description)
        #expect(found.count == 1 && found[0].hasPrefix(problem), "\(found)")
    }

    @Test(arguments: [
        #"{"customer": {"Age": 41}"#, #"{"customer": {"Age": 41}, "before": {"Age": }}"#,
        #"{"customer": {"Age": 41}, "customer": {"Age": 41}}"#, #"{"customer": {"Age": 41}} x"#,
    ])
    func `what can't be read is no request`(json: String) {
        #expect(throws: JSONError.self) { try read(json) }
    }
}
