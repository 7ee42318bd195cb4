/// What became of many outcomes, with the first of each kind of trouble by place.
public struct OutcomeCounts: Equatable, Sendable {
    /// An outcome that somebody should look at.
    public struct Finding: Equatable, Sendable {
        /// Place in the request, from 0, or line of the file.
        public let place: Int
        /// What is known of it.
        public let receipt: OutcomeReceipt
        /// Whether it named a prediction and not a customer.
        public let namesPrediction: Bool
    }

    /// Outcomes of customers whom the record knows: predicted, or members of campaigns.
    public private(set) var recorded = 0
    /// Those of them that belong to a campaign's member.
    public private(set) var members = 0
    /// Those that had been said before.
    public private(set) var repeated = 0
    /// Outcomes of nobody who was predicted or chosen.
    public private(set) var unmatched = 0
    /// Outcomes that wait for a prediction that may be on its way; they are none of the others yet.
    public private(set) var waiting = 0
    /// Outcomes that contradict what was said before, and took its place.
    public private(set) var contradictions = 0
    /// Customers who were contacted although a campaign held them out.
    public private(set) var heldOut = 0
    /// The first of what is unmatched, waits, contradicts or was held out, in the order of places.
    public private(set) var findings: [Finding] = []

    private let most: Int

    /// Counts nothing yet.
    ///
    /// - Parameter most: So many findings are kept.
    public init(most: Int = .max) { self.most = most }

    /// Counts one.
    public mutating func add(_ receipt: OutcomeReceipt, of outcome: Outcome, place: Int) {
        if receipt.waits {
            waiting += 1
        } else if receipt.isMatched {
            recorded += 1
        } else {
            unmatched += 1
        }
        if !receipt.campaigns.isEmpty { members += 1 }
        if receipt.isRepeated { repeated += 1 }
        if receipt.former != nil { contradictions += 1 }
        if !receipt.heldOut.isEmpty { heldOut += 1 }
        let isFine = receipt.isMatched && receipt.former == nil && receipt.heldOut.isEmpty
        guard !isFine, findings.count < most else { return }
        var namesPrediction = false
        if case .prediction = outcome.subject { namesPrediction = true }
        findings.append(
            Finding(place: place, receipt: receipt, namesPrediction: namesPrediction)
        )
    }
}

extension OutcomeCounts.Finding {
    /// Why it belongs to nobody; nil where it does.
    public var unmatched: String? {
        guard !receipt.isMatched, !receipt.waits else { return nil }
        return namesPrediction
            ? "there is no such prediction in the log"
            : "there is no prediction for this customer at or before that date"
    }

    /// What it waits for; nil where it does not wait.
    public var wait: String? {
        guard receipt.waits else { return nil }
        return "its prediction is not in the record yet; it is joined if that comes within a minute"
    }

    /// What it contradicts; nil where it does not.
    public var contradiction: String? {
        receipt.former.map { former in
            let truth = former.left.map {
                $0 ? "that the customer left" : "that the customer stayed"
            }
            let who = former.source.map { " by \($0)" } ?? ""
            return
                "it was said before\(who) \(truth ?? "otherwise"); the former stays in the history"
        }
    }

    /// The campaigns that held the contacted customer out; nil where none did.
    public var contamination: String? {
        guard !receipt.heldOut.isEmpty else { return nil }
        let names = receipt.heldOut.map { "\"\($0)\"" }.joined(separator: ", ")
        return "the customer was contacted and is held out by \(names)"
    }
}
