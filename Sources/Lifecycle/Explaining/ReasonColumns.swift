public import Explanation
import Output
import Schema
import Tabular

/// Why customers have their scores, in columns of a scored file: `reason_1,points_1,reason_2,points_2`.
///
/// ```swift
/// let reasons = ReasonColumns(try CustomerExplainer(saved), count: 3, threads: 2)
/// let counts = try ScoringWorkflow(saved.model, threads: 2)
///     .run(input: "customers.csv", output: "list.csv", rejects: nil, atLeast: .high, reasons: reasons)
/// print(counts.listed)
/// ```
public struct ReasonColumns: Sendable {
    /// How many columns are named.
    public let count: Int
    private let explainer: CustomerExplainer
    private let method: ExplanationMethod
    private let threads: Int

    /// Asks for reasons.
    ///
    /// - Parameters:
    ///   - explainer: Of the model that scores.
    ///   - count: How many columns are named.
    ///   - method: How reasons are computed.
    ///   - threads: How many work at once; the result does not depend on it.
    public init(
        _ explainer: CustomerExplainer,
        count: Int,
        _ method: ExplanationMethod = .automatic,
        threads: Int
    ) {
        self.explainer = explainer
        self.count = count
        self.method = method
        self.threads = threads
    }

    /// Explains some rows of a table.
    func explain(_ table: Table, rows: [Int]) -> [ExplainedCustomer] {
        var coded = CodedRows(width: explainer.features.count)
        coded.append(rows, of: table, columns: explainer.features.map(\.name))
        return explainer.explain(coded, method, threads: threads)
    }

    /// Adds the fields of a customer to a line; empty ones where fewer columns may be named.
    func append(_ customer: ExplainedCustomer, to line: inout [UInt8]) {
        for number in 0 ..< count {
            line.append(UInt8(ascii: ","))
            guard number < customer.reasons.reasons.count else {
                line.append(UInt8(ascii: ","))
                continue
            }
            let reason = customer.reasons.reasons[number]
            line.appendCSVField(reason.column)
            line += ",\(NumberFormat.fixed(6).text(reason.points))".utf8
        }
    }
}
