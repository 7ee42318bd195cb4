import ChurnModel
import Foundation
import Schema
import Testing

@Suite struct ReferenceCustomersTests {
    private let small: SmallModel
    /// Country, age, active, card; one age is empty.
    private let references = ReferenceCustomers(
        rows: CodedRows(width: 4, values: [0, 42, 1, 0, -1, .nan, 0, 1]),
        weights: [0.25, 0.75],
        error: 0.003
    )

    init() throws { small = try SmallModel() }

    private func files(_ references: ReferenceCustomers?) throws -> [ModelFile] {
        try ModelFolder.files(
            small.model,
            metrics: small.metrics,
            card: "# Card\n",
            reference: small.reference,
            references: references
        )
    }

    @Test func `two with other weights are not the same`() {
        let other = ReferenceCustomers(rows: references.rows, weights: [0.5, 0.5], error: 0.003)
        #expect(other != references)
    }

    @Test func `what is saved is loaded, with empty numbers`() throws {
        let saved = try SavedModel(files: files(references))
        #expect(saved.references == references)
        let file = try #require(try files(references).first { $0.path == "retain/explain.json" })
        #expect(
            String(decoding: file.bytes, as: UTF8.self)
                == "{\"reference_error\":0.003,\"rows\":[[0,42,1,0],[-1,null,0,1]],"
                + "\"weights\":[0.25,0.75]}\n"
        )
    }

    @Test func `a folder without them loads, and has another digest`() throws {
        let without = try SavedModel(files: files(nil))
        #expect(without.references == nil)
        #expect(try without.digest != SavedModel(files: files(references)).digest)
    }

    @Test(arguments: [
        ([0, 42, 1], [1.0], "has rows of 3 values for 4 features"),
        ([9, 42, 1, 0], [1.0], "has a code that is no level of \"Country\""),
        ([0.5, 42, 1, 0], [1.0], "has a code that is no level of \"Country\""),
        ([0, 42, 1, 0], [0.5], "has weights that are not above 0 with sum 1"),
    ])
    func `customers who do not fit the schema are refused`(
        values: [Double],
        weights: [Double],
        problem: String
    ) throws {
        let broken = ReferenceCustomers(
            rows: CodedRows(width: values.count, values: values),
            weights: weights,
            error: 0
        )
        let error = #expect(throws: ModelFolderError.self) {
            try SavedModel(files: files(broken))
        }
        #expect(error?.description.contains("retain/explain.json: \(problem)") == true)
    }
}
