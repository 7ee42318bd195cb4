import Foundation
import OpenAPI
import Output
import Schema
import Testing
import Wire

@Suite struct OpenAPIDocumentTests {
    private let schema = Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: "Id",
        columns: [
            ColumnSchema(name: "Id", role: .identifier, type: .text),
            ColumnSchema(
                name: "A \"b\"/ü",
                role: .feature,
                type: .number(minimum: -2.5, maximum: 7),
                outside: .error
            ),
            ColumnSchema(
                name: "Free",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(name: "Land", role: .feature, type: .levels(["Île", "Ost", "West"])),
            ColumnSchema(
                name: "Plan",
                role: .feature,
                type: .levels(["a", "b"]),
                nulls: .impute,
                unseen: .other
            ),
            ColumnSchema(name: "Card", role: .feature, type: .boolean(no: "0", yes: "1")),
            ColumnSchema(name: "Word", role: .feature, type: .boolean(no: "No", yes: "Yes")),
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )

    private func document(
        requiresKeys: Bool = false
    ) throws -> (bytes: [UInt8], tree: [String: Any]) {
        let service = ServiceDescription(
            modelName: "a",
            modelVersion: "3",
            programVersion: "0",
            requiresKeys: requiresKeys,
            bodyLimit: 5
        )
        let bytes = OpenAPIDocument(schema, service: service).json
        let tree = try JSONSerialization.jsonObject(with: Data(bytes))
        return (bytes, try #require(tree as? [String: Any]))
    }

    /// The value at the end of some names.
    private func value(_ tree: Any, _ names: String...) -> Any? {
        names.reduce(tree as Any?) { node, name in (node as? [String: Any])?[name] }
    }

    private func references(_ node: Any) -> [String] {
        switch node {
        case let object as [String: Any]:
            object.flatMap { name, value in
                name == "$ref" ? [value as? String ?? "none"] : references(value)
            }
        case let array as [Any]: array.flatMap(references)
        default: []
        }
    }

    private func operations(_ tree: [String: Any]) -> [[String: Any]] {
        let paths = tree["paths"] as? [String: [String: [String: Any]]] ?? [:]
        return paths.values.flatMap(\.values)
    }

    @Test func `is the same bytes each time`() throws {
        #expect(try document().bytes == document().bytes)
    }

    @Test(arguments: [false, true])
    func `its references lead somewhere and its operations have names of their own`(
        requiresKeys: Bool
    ) throws {
        let tree = try document(requiresKeys: requiresKeys).tree
        #expect(tree["openapi"] as? String == "3.1.0")
        let references = references(tree)
        #expect(references.count > 30)
        for reference in references {
            let names = reference.split(separator: "/").dropFirst().map(String.init)
            let target = names.reduce(tree as Any?) { ($0 as? [String: Any])?[$1] }
            #expect(target != nil, "\(reference)")
        }
        let names = operations(tree).compactMap { $0["operationId"] as? String }
        #expect(names.count > 15 && Set(names).count == names.count)
        #expect(operations(tree).count == names.count)
    }

    @Test func `its examples are answered`() throws {
        let tree = try document().tree
        let content = value(tree, "paths", "/predict", "post", "requestBody", "content")
        let examples = value(content as Any, "application/json", "examples") as? [String: Any]
        #expect(examples?.count == 2)
        for (name, example) in examples ?? [:] {
            let body = try JSONSerialization.data(withJSONObject: value(example, "value") as Any)
            let rows = try CustomerDecoder(schema).customers(Array(body))
            #expect(rows.count >= 1 && rows.problems.isEmpty, "\(name): \(rows.problems)")
        }
        let outcomes = value(tree, "paths", "/outcomes", "post", "requestBody", "content")
        let given = value(outcomes as Any, "application/json", "examples") as? [String: Any]
        #expect(given?.count == 2)
        for example in (given ?? [:]).values {
            let body = try JSONSerialization.data(withJSONObject: value(example, "value") as Any)
            #expect(try OutcomeDecoder(schema).outcomes(Array(body)).problems.isEmpty)
        }
    }

    @Test func `a column is described as the schema has it`() throws {
        let tree = try document().tree
        let customer = value(tree, "components", "schemas", "Customer")
        #expect(
            value(customer as Any, "required") as? [String] == [
                "A \"b\"/ü", "Land", "Card", "Word",
            ]
        )
        let properties = value(customer as Any, "properties") as? [String: [String: Any]]
        let number = properties?["A \"b\"/ü"]
        #expect(number?["minimum"] as? Double == -2.5 && number?["maximum"] as? Double == 7)
        #expect(properties?["Land"]?["enum"] as? [String] == ["Île", "Ost", "West"])
        #expect((properties?["Free"]?["anyOf"] as? [Any])?.count == 2)
        #expect((properties?["Word"]?["enum"] as? [Any])?.first as? String == "No")
        #expect(properties?["Left"] == nil)
    }

    /// What the document calls valid is accepted, and what it calls invalid is not.
    @Test func `says what the decoder does`() throws {
        let good: [(String, String)] = [
            ("A \"b\"/ü", "-2.5"), ("A \"b\"/ü", "7"), ("Free", "null"), ("Free", "1e9"),
            ("Land", "\"Ost\""), ("Plan", "\"new\""), ("Plan", "null"), ("Card", "1"),
            ("Card", "false"), ("Word", "\"Yes\""), ("Word", "true"), ("Id", "7"), ("Id", "null"),
        ]
        let bad: [(String, String)] = [
            ("A \"b\"/ü", "-2.6"), ("A \"b\"/ü", "null"), ("Land", "\"Nord\""), ("Land", "null"),
            ("Card", "2"), ("Word", "\"x\""), ("Free", "\"x\""), ("Plan", "[]"), ("Free", "{}"),
        ]
        let base = [
            ("A \"b\"/ü", "1"), ("Land", "\"Île\""), ("Card", "0"), ("Word", "\"No\""),
        ]
        for (fields, isGood) in [(good, true), (bad, false)] {
            for (name, text) in fields {
                let others = base.filter { $0.0 != name }
                let members = (others + [(name, text)]).map { member in
                    var key: [UInt8] = []
                    key.appendJSON(member.0)
                    return String(decoding: key, as: UTF8.self) + ":" + member.1
                }
                let json = "{\(members.joined(separator: ","))}"
                let rows = try CustomerDecoder(schema).customers(Array(json.utf8))
                #expect(rows.problems.isEmpty == isGood, "\(json)")
            }
        }
    }

    @Test func `keys are asked for where they are needed`() throws {
        let open = try document().tree
        #expect(open["security"] == nil)
        let closed = try document(requiresKeys: true).tree
        #expect((closed["security"] as? [Any])?.count == 2)
        #expect(value(closed, "paths", "/predict", "post", "responses", "401") != nil)
        #expect(value(closed, "paths", "/health", "get", "responses", "401") == nil)
        #expect((value(closed, "paths", "/health", "get", "security") as? [Any])?.isEmpty == true)
    }
}
