import Foundation
import Schema
import Tabular
import Testing

/// Numbers out of their range.
@Suite struct OutsideTests {
    private func schema(_ outside: OutsidePolicy = .bound) -> Schema {
        Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "Age",
                    role: .feature,
                    type: .number(minimum: 0, maximum: 120),
                    nulls: .impute,
                    outside: outside
                ),
                ColumnSchema(
                    name: "Charge",
                    role: .feature,
                    type: .number(minimum: 0, maximum: nil)
                ),
                ColumnSchema(name: "Plan", role: .feature, type: .levels(["a", "b"])),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
    }

    private func decode(
        _ rows: [[String]],
        _ outside: OutsidePolicy = .bound
    ) throws -> DecodedBatch {
        try SchemaDecoder(
            schema(outside),
            header: ["Age", "Charge", "Plan"],
            needsTarget: false
        )
        .decode(RecordBatch(columnCount: 3, rows: rows))
    }

    @Test func `they count as the nearest bound, and each is named`() throws {
        let batch = try decode([
            ["40", "12.5", "a"], ["121", "-0.02", "b"], ["", "3", "a"], ["-7", "1e300", "b"],
        ])
        #expect(batch.acceptedRows == [0, 1, 2, 3] && batch.violations.isEmpty)
        guard case .number(let ages) = batch.table["Age"],
            case .number(let charges) = batch.table["Charge"]
        else {
            Issue.record("no numbers")
            return
        }
        #expect(ages[0] == 40 && ages[1] == 120 && ages[2].isNaN && ages[3] == 0)
        #expect(charges == [12.5, 0, 3, 1e300])
        #expect(batch.outside.map(\.row) == [1, 1, 3])
        #expect(batch.outside.map(\.column) == ["Age", "Charge", "Age"])
        #expect(batch.outside.map(\.value) == ["121", "-0.02", "-7"])
        #expect(batch.outside.map(\.bound) == [120, 0, 0])
        #expect(batch.outside[1].description.contains("below the minimum 0 and counts as it"))
    }

    @Test func `a row that is refused for something else is not counted among them`() throws {
        let batch = try decode([["500", "1", "c"], ["500", "1", "a"]])
        #expect(batch.rejectedRows == [0] && batch.acceptedRows == [1])
        #expect(batch.outside.map(\.row) == [1])
    }

    @Test func `where they are errors, the row is refused`() throws {
        let batch = try decode([["121", "1", "a"], ["1", "-1", "a"]], .error)
        #expect(batch.rejectedRows == [0] && batch.outside.map(\.column) == ["Charge"])
        #expect(batch.violations[0].rule.contains("above the maximum 120; correct it"))
    }

    @Test(arguments: OutsidePolicy.allCases)
    func `the policy is kept in both forms`(policy: OutsidePolicy) throws {
        let schema = schema(policy)
        let yaml = schema.yaml()
        #expect(yaml.contains("    outside: error") == (policy == .error))
        let read = try StrictMapping.read(yaml, file: "retain.yaml") { fields throws(YAMLProblem) in
            try Schema(yaml: &fields)
        }
        #expect(read == schema)
        let json = try JSONEncoder().encode(schema)
        // A model of today has the bytes of one before there was the policy.
        #expect(String(decoding: json, as: UTF8.self).contains("outside") == (policy == .error))
        #expect(try JSONDecoder().decode(Schema.self, from: json) == schema)
    }

    @Test func `levels have no such policy`() {
        let yaml = schema().yaml().replacing(
            "unseen: error",
            with: "unseen: error\n    outside: bound"
        )
        #expect(throws: YAMLProblem.self) {
            try StrictMapping.read(yaml, file: "retain.yaml") { fields throws(YAMLProblem) in
                try Schema(yaml: &fields)
            }
        }
    }

    @Test func `what a caller is told has no bounds that don't bind`() throws {
        let field = schema().columns[0].requestField
        #expect(field.minimum == nil && field.maximum == nil)
        #expect(field.note?.contains("below 0 or above 120") == true)
        let strict = schema(.error).columns[0].requestField
        #expect(strict.minimum == 0 && strict.maximum == 120 && strict.note == nil)
    }

    @Test func `the sentence names the columns, the most frequent first`() throws {
        var counts = OutsideCounts()
        #expect(counts.sentence == nil)
        counts.add(try decode([["121", "-1", "a"], ["122", "1", "a"]]).outside)
        #expect(counts.values == 3 && counts.columns == ["Age": 2, "Charge": 1])
        #expect(counts.sentence?.contains("\"Age\" 2, \"Charge\" 1") == true)
    }

    @Test func `what init infers takes levels that nobody has seen`() throws {
        let inferred = try CustomerFile.bank(400).schema(target: "Exited")
        #expect(inferred.column("Geography")?.unseen == .other)
        #expect(inferred.column("Age")?.outside == .bound)
    }
}

/// Messages about very many columns.
@Suite struct ManyNamesTests {
    @Test func `a line lists the first of the columns that a file lacks`() throws {
        let columns = (0 ..< 1_500).map { "feature_\($0)_of_last_quarter" }
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: columns.map {
                ColumnSchema(name: $0, role: .feature, type: .number(minimum: nil, maximum: nil))
            } + [ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1"))]
        )
        let error = #expect(throws: ColumnMismatch.self) {
            try SchemaDecoder(schema, header: Array(columns.prefix(400)), needsTarget: false)
        }
        let text = error?.description ?? ""
        #expect(text.contains("1,100 columns") && text.contains("and 1,092 more"))
        #expect(text.contains("feature_400_of_last_quarter") && text.count < 1_500)
        #expect(error?.missing.count == 1_100)
    }
}
