import ChurnModel
import Evaluation
import Schema
import Tabular

/// What is written of each customer, and how.
struct ScoreLayout: Sendable {
    /// What each customer's line is written as.
    let form: ScoringWorkflow.Form
    /// Tells for whom the outcome is certain, in a column of its own; nil leaves the column out.
    let conformal: ConformalClassifier?
    /// Stands in a column of its own; nil leaves the column out.
    let asOf: Day?
    /// Why each customer has this score; nil leaves these columns out.
    let reasons: ReasonColumns?
    /// Whether rows that break the schema are written, too, with what is wrong in the last column.
    let allRows: Bool
    /// What follows a probability, for each risk and, within it, each certainty.
    let words: [[UInt8]]
    /// The same up to the end of a line that has no reasons.
    let endings: [[UInt8]]

    init(
        form: ScoringWorkflow.Form = .csv,
        conformal: ConformalClassifier? = nil,
        asOf: Day? = nil,
        reasons: ReasonColumns? = nil,
        allRows: Bool = false
    ) {
        self.form = form
        self.conformal = conformal
        self.asOf = asOf
        self.reasons = reasons
        self.allRows = allRows
        let day = asOf.map { ",\($0)" } ?? ""
        words = Risk.allCases.flatMap { risk in
            conformal == nil
                ? [Array(",\(risk.rawValue)\(day)".utf8)]
                : Certainty.allCases.map { Array(",\(risk.rawValue),\($0.rawValue)\(day)".utf8) }
        }
        endings = words.map { $0 + Array((allRows ? ",\n" : "\n").utf8) }
    }

    /// The columns.
    func fields(_ identifier: RowIdentifier) -> [(name: String, kind: ArrowColumn.Kind)] {
        let isNumber = if case .number = identifier { true } else { false }
        var fields: [(name: String, kind: ArrowColumn.Kind)] = [
            ("identifier", isNumber ? .integer : .text), ("churn_probability", .float),
            ("risk", .text),
        ]
        if conformal != nil { fields.append(("certainty", .text)) }
        if asOf != nil { fields.append(("as_of", .text)) }
        for number in 0 ..< (reasons?.count ?? 0) {
            fields += [("reason_\(number + 1)", .text), ("points_\(number + 1)", .double)]
        }
        if allRows { fields.append(("rejected", .text)) }
        return fields
    }

    func writer(_ identifier: RowIdentifier) -> ArrowWriter { ArrowWriter(fields(identifier)) }

    /// What stands above the customers.
    func header(_ identifier: RowIdentifier) -> [UInt8] {
        switch form {
        case .csv: Array((fields(identifier).map(\.name).joined(separator: ",") + "\n").utf8)
        case .json: []
        case .arrow: writer(identifier).schema
        }
    }

    /// What stands below them.
    var footer: [UInt8] {
        switch form {
        case .csv, .json: []
        case .arrow: ArrowWriter.end
        }
    }

    /// Which of the words belongs to a probability.
    func word(of probability: Float, _ model: ChurnModel) -> UInt8 {
        let risk: UInt8 =
            switch model.risk(of: probability) {
            case .low: 0
            case .medium: 1
            case .high: 2
            }
        guard let conformal else { return risk }
        return switch conformal.certainty(of: probability) {
        case .certainToLeave: 3 * risk
        case .certainToStay: 3 * risk + 1
        case .unclear: 3 * risk + 2
        }
    }
}
