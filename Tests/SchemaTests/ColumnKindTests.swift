import Schema
import Testing

@Suite struct ColumnKindTests {
    /// One of each, and what is told of it.
    private static let kinds: [(type: ColumnType, coding: Coding?, example: Double, text: String)] =
        [
            (.number(minimum: 18, maximum: 101), .number, 60, "60"),
            (.number(minimum: nil, maximum: nil), .number, 1, "1"),
            (.number(minimum: 0.25, maximum: 0.5), .number, 0.375, "0.375"),
            (.number(minimum: nil, maximum: -3), .number, -4, "-4"),
            (.boolean(no: "n", yes: "y"), .truth(no: "n", yes: "y"), 1, "y"),
            (.levels(["a", "b"]), .level(["a", "b"]), 0, "a"),
            (.date(.iso), .number, 365, "P365D"),
            (.cycle(.monthSine, of: "Y", .iso), .number, 1, "month_sin 1"),
            (.date(.dmy, mayBeAhead: true), .number, 365, "P365D"),
        ]

    @Test func `what stands for each`() {
        for kind in Self.kinds {
            #expect(kind.type.coding == kind.coding)
            #expect(kind.type.listed == kind.coding?.levels ?? [])
            #expect(kind.type.example == kind.example, "\(kind)")
            #expect(kind.type.text(of: kind.example) == kind.text)
        }
        #expect(ColumnType.text.coding == nil && ColumnType.text.listed.isEmpty)
    }

    @Test(arguments: kinds.map { $0.type } + [.text])
    func `what requests hold is what is read`(type: ColumnType) throws {
        let column = ColumnSchema(name: "X", role: .feature, type: type)
        let field = column.requestField
        #expect(type.coding == .number || field.minimum == nil && field.maximum == nil)
        switch field.example {
        case .number(let value): #expect(type.coding == .number && value == type.example)
        case .text(let text):
            let isDate = if case .date(let form, _) = type { form.read(text) != nil } else { false }
            #expect(type == .text || isDate || text == type.text(of: type.example))
        case .truth: Issue.record("an example is spelled as in the file")
        }
        #expect(field.allowed.isEmpty || field.allowed.contains(field.example))
        // Only a column of levels can take levels that it does not list.
        var open = column
        open.unseen = .other
        #expect((open.requestField != field) == (type.kind == .levels))
    }

    @Test func `a boolean's levels are numbers where callers write numbers`() {
        let numbers = ColumnSchema(name: "X", role: .feature, type: .boolean(no: "0", yes: "1"))
        #expect(
            numbers.requestField.allowed == [.number(0), .number(1), .truth(false), .truth(true)]
        )
        let words = ColumnSchema(name: "X", role: .feature, type: .boolean(no: "0.0", yes: "ja"))
        #expect(
            words.requestField.allowed == [.text("0.0"), .text("ja"), .truth(false), .truth(true)]
        )
    }

    @Test func `numbers beyond all bounds can't be given as they are`() {
        #expect(ColumnType.number(minimum: 1, maximum: 0).plainNumbers == nil)
        let all = ColumnType.number(minimum: nil, maximum: nil).plainNumbers
        #expect(all?.contains(-.greatestFiniteMagnitude) == true)
        #expect(all?.contains(.infinity) == false)
    }
}
