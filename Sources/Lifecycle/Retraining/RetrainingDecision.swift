private import Evaluation
private import Files
import Output
public import Training

/// What is known that may speak for training anew.
public struct RetrainingEvidence: Equatable, Sendable {
    /// What a drift report says; nil where there is none.
    public var drift: ReportedDrift?
    /// What the champion's loss has turned out to be; nil where that can't be told.
    public var loss: RealisedLoss?
    /// Whether someone asks for it all the same.
    public var isForced: Bool
    /// Labelled rows of untreated customers to learn from.
    public var rows: Int

    /// Gathers evidence.
    public init(
        drift: ReportedDrift? = nil,
        loss: RealisedLoss? = nil,
        isForced: Bool = false,
        rows: Int
    ) {
        self.drift = drift
        self.loss = loss
        self.isForced = isForced
        self.rows = rows
    }
}

/// Whether to train anew, and why.
public struct RetrainingDecision: Codable, Equatable, Sendable {
    /// What to do.
    public enum Verdict: String, Codable, CaseIterable, Sendable {
        /// Nothing speaks for a new model.
        case nothing
        /// Something does, but there are too few labelled rows yet.
        case wait
        /// Train a challenger.
        case retrain
    }

    /// What speaks for a new model.
    public struct Reason: Codable, Equatable, Sendable {
        /// Where it comes from.
        public enum Kind: String, Codable, CaseIterable, Sendable {
            /// Customers have changed.
            case drift
            /// Probabilities have become wrong.
            case loss
            /// Someone asks for it.
            case force
        }

        /// Where it comes from.
        public let kind: Kind
        /// One line for a person.
        public let explanation: String
    }

    /// What to do.
    public let verdict: Verdict
    /// What speaks for a new model; empty where nothing does.
    public let reasons: [Reason]
    /// What was looked at and does not, and what could not be told: a line each.
    public let remarks: [String]
    /// Labelled rows of untreated customers.
    public let rows: Int
    /// How many are needed.
    public let minRows: Int

    /// Decides.
    public init(_ evidence: RetrainingEvidence, rules: RetrainingRules) {
        var reasons: [Reason] = []
        var remarks: [String] = []
        switch evidence.drift {
        case let report? where report.drift: reasons.append(Reason(report))
        case _?: remarks.append("the drift report says that nothing drifted")
        case nil: remarks.append("no drift report was given (--drift FILE)")
        }
        switch evidence.loss {
        case let loss? where loss.isWorse:
            reasons.append(Reason(kind: .loss, explanation: loss.text))
        case let loss?: remarks.append(loss.text)
        case nil:
            remarks.append(
                "what the champion's loss has become can't be told: that takes a champion with test rows, and"
                    + " \(RealisedLoss.fewestPerClass) untreated customers of either class whose truth is known"
            )
        }
        if evidence.isForced {
            reasons.append(Reason(kind: .force, explanation: "it was asked for (--force)"))
        }
        self.reasons = reasons
        self.remarks = remarks
        rows = evidence.rows
        minRows = rules.minRows
        verdict =
            reasons.isEmpty ? .nothing : evidence.rows < rules.minRows ? .wait : .retrain
    }

    /// The reasons in one line.
    public var why: String { reasons.map(\.explanation).joined(separator: "; ") }
}

extension RetrainingDecision.Reason {
    fileprivate init(_ report: ReportedDrift) {
        let names = report.columns.map(jsonString).joined(separator: ", ")
        self.init(
            kind: .drift,
            explanation: names.isEmpty
                ? "the drift report says that customers have drifted"
                : "the drift report names \(names)"
        )
    }
}

extension RealisedLoss {
    /// The comparison in one line.
    var text: String {
        let four = NumberFormat.fixed(4)
        return "the champion's log loss on \(NumberFormat.grouped(0).text(rows)) customers is"
            + " \(four.text(realised)), \(four.text(promised)) was promised: the difference is"
            + " \(four.text(interval.low)) to \(four.text(interval.high)), which is"
            + (isWorse ? " surely" : " not surely") + " above \(bound)"
    }
}
