import ChurnModel
import Explanation
import Foundation
import Schema
import TestSupport
import Testing

/// A model that `retain train` made of simulated customers, and its points by others: Scripts/fixtures/reasons.py.
@Suite struct ReasonsParityTests {
    private let saved: SavedModel
    private let expected: Expected

    private struct Expected: Decodable {
        let customers: [Customer]
    }

    private struct Customer: Decodable {
        let values: [Double]
        let base: Double
        let probability: Double
        let scorePoints: [Double]
        let shapPoints: [Double]
    }

    init() throws {
        let bundle = Bundle.module
        let folder = (bundle.resourceURL ?? bundle.bundleURL)
            .appending(path: "Fixtures").appending(path: "reasons")
        saved = try ModelFolder.load(from: folder.path)
        expected = try fixture("reasons", as: Expected.self, in: bundle)
    }

    private func explained(_ method: ExplanationMethod) throws -> [Explanation] {
        let explainer = try Explainer(saved.model, #require(saved.references))
        let rows = CodedRows(
            width: saved.model.schema.features.count,
            values: expected.customers.flatMap(\.values)
        )
        return explainer.explain(rows, method, threads: 2)
    }

    @Test func `points are those of mixed rows that retain score has scored`() throws {
        for (explanation, customer) in zip(try explained(.exact), expected.customers) {
            #expect(abs(explanation.base - customer.base) < 1e-12)
            // The fixture adds up weights for it.
            #expect(abs(explanation.probability - customer.probability) < 1e-15)
            for (value, points) in zip(explanation.points, customer.scorePoints) {
                #expect(abs(value - points) < 1e-9)
            }
        }
    }

    @Test func `points are those of shap's exact explainer over the model's ONNX file`() throws {
        for (explanation, customer) in zip(try explained(.exact), expected.customers) {
            for (value, points) in zip(explanation.points, customer.shapPoints) {
                #expect(abs(value - points) < 1e-6)
            }
        }
    }

    @Test func `two pairs are within a few standard errors`() throws {
        for (explanation, customer) in zip(try explained(.pairs(2)), expected.customers) {
            let errors = try #require(explanation.standardErrors)
            for ((value, error), points) in zip(
                zip(explanation.points, errors),
                customer.scorePoints
            ) {
                #expect(abs(value - points) <= 6 * error + 0.002)
            }
        }
    }
}
