import Drift
import Evaluation
import FoundationEssentials
import Output

/// What `/drift` says.
struct DriftAnswer: Encodable {
    let model: String
    let modelVersion: String
    /// Whether a column or the score has drifted.
    let drift: Bool
    /// Looks so far.
    let looks: Int
    /// Seconds between looks.
    let seconds: Double
    /// Predictions that the newest window has when it is full.
    let windowRows: Int
    let columns: [Column]
    /// What the model is worth on this traffic; nil before there is any.
    let performance: ModelPerformance?

    /// What is thought of one column.
    struct Column: Encodable {
        let column: String
        let drift: Bool
        /// Share of the newest predictions that lie elsewhere than in the reference.
        let effect: Double
        let leastEffect: Double
        /// Natural logarithms.
        let evidence: Double
        let evidenceNeeded: Double
        /// Predictions in the newest window.
        let rows: Int
        /// The look with which drift most likely began; only where the column has drifted.
        let sinceLook: Int?

        init(_ verdict: SequentialDrift.Verdict) {
            column = verdict.column
            drift = verdict.isDrifted
            effect = verdict.effect
            leastEffect = verdict.leastEffect
            evidence = verdict.evidence
            evidenceNeeded = verdict.evidenceNeeded
            rows = verdict.rows
            sinceLook = verdict.alarm?.onset
        }
    }

    init(
        _ snapshot: TrafficWatch.Snapshot?,
        _ served: ServedModel,
        _ settings: DriftWatching,
        _ performance: ModelPerformance
    ) {
        self.performance = performance.expected == nil ? nil : performance
        model = served.name
        modelVersion = served.version
        drift = snapshot?.isDrifted ?? false
        looks = snapshot?.looks ?? 0
        seconds = settings.pause / .seconds(1)
        windowRows = settings.windowRows
        // What has drifted first, then by what comes nearest to it.
        let verdicts = (snapshot?.verdicts ?? []).enumerated().sorted { one, other in
            let keys = [one, other].map { ($0.element.isDrifted ? 1 : 0, $0.element.effect) }
            return keys[0] == keys[1] ? one.offset < other.offset : keys[0] > keys[1]
        }
        columns = verdicts.map { Column($0.element) }
    }

    var json: [UInt8] { encoded(self) }
}

/// What a webhook and the audit say of a verdict that changed.
struct DriftChangeAnswer: Encodable {
    let model: String
    /// Whether anything has drifted now.
    let drift: Bool
    let look: Int
    let changed: DriftAnswer.Column

    init(_ change: SequentialDrift.Change, _ snapshot: TrafficWatch.Snapshot) {
        model = snapshot.model
        drift = snapshot.isDrifted
        look = change.look
        changed = DriftAnswer.Column(change.verdict)
    }

    var json: [UInt8] { encoded(self) }
}

/// A verdict on a column that changed.
package struct DriftChange: Equatable, Sendable {
    /// As webhooks and the audit call it.
    static let kind = "drift.verdict.changed"

    /// Milliseconds since 1970.
    package let time: Int64
    /// The column's name.
    package let column: String
    /// Whether it has drifted from then on.
    package let isDrifted: Bool

    /// What the audit holds of it, as far as it is read again.
    struct Detail: Decodable {
        let model: String
        let changed: Column

        struct Column: Decodable {
            let column: String
            let drift: Bool
        }
    }
}

/// JSON in snake case with sorted keys.
private func encoded(_ answer: some Encodable) -> [UInt8] {
    guard let json = try? encodedJSON(answer, keys: .convertToSnakeCase) else {
        preconditionFailure("an effect or evidence is no number")
    }
    return json
}
