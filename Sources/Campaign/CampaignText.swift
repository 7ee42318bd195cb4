private import Evaluation
private import Output

/// What a retention team reads of a decision: how many, what that earns and how surely, what the hold-out costs, what to do.
public struct CampaignText {
    private let decision: CampaignDecision
    private let ends: String
    private let files: (list: String, heldOut: String)?

    /// Tells of a decision.
    ///
    /// - Parameters:
    ///   - decision: The decision.
    ///   - ends: The day from which on its effect can be told.
    ///   - files: Where its files are; nil where that is not known.
    public init(
        _ decision: CampaignDecision,
        ends: some CustomStringConvertible,
        files: (list: String, heldOut: String)?
    ) {
        self.decision = decision
        self.ends = "\(ends)"
        self.files = files
    }

    /// Several lines, without the last one's end.
    public var text: String {
        [head, money, limits, outside, next].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var head: String {
        let choice = decision.choice
        let holdOut = decision.holdOut
        var lines = [
            "Campaign \(decision.campaign): \(count(choice.chosen)) of \(count(choice.considered)) customers are chosen"
                + " (contacting \(count(choice.paying)) would pay)."
        ]
        lines.append(
            "  contact     \(pad(holdOut.contacted)) \(customers(holdOut.contacted))"
                + (files.map { ", \($0.list)" } ?? "")
        )
        lines.append(
            holdOut.customers == 0
                ? "  held out    nobody, so it can't be told afterwards whether contacting paid"
                : "  held out    \(pad(holdOut.customers)) \(customers(holdOut.customers)), drawn by lot and left alone"
                    + (files.map { ", \($0.heldOut)" } ?? "")
        )
        if choice.worthless > 0 {
            lines.append(
                "  left out    \(pad(choice.worthless)) customers worth no more than the offer costs"
            )
        }
        if decision.data.rejected > 0 {
            lines.append(
                "  not scored  \(pad(decision.data.rejected)) rows of \(decision.data.name) that break the schema (retain check"
                    + " names them)"
            )
        }
        return lines.joined(separator: "\n")
    }

    private var money: String {
        let expected = decision.expected
        let interval = expected.interval
        var lines = [
            "Contacting them is expected to earn \(amount(expected.profit)) and to cost \(amount(expected.cost)), at most"
                + " \(amount(expected.mostCost)) if everyone takes the offer."
        ]
        if let range = interval.calibration, let mean = interval.recalibrated {
            lines.append(
                "  if as many leave as customers held out of training suggest   \(amount(mean)), 95 %: \(told(range))"
            )
        } else {
            lines.append(
                "  how far the probabilities may be off is not known: train the model anew, with rows held out (test_share)"
            )
        }
        lines.append(
            "  if other shares accept the offer than assumed                95 %: \(told(interval.acceptance))"
        )
        lines.append(
            "  Acceptance is the greater unknown: only the campaign itself, against its hold-out, can tell."
        )
        let holdOut = decision.holdOut
        if holdOut.customers > 0 {
            var line =
                "The hold-out costs \(amount(holdOut.price)) of expected profit. "
                + "Left alone, \(percent(holdOut.expectedChurn)) would leave; a fall to"
                + " \(percent(holdOut.expectedChurn - holdOut.effect)), half of what is assumed, shows with a chance of"
                + " \(percent(holdOut.power ?? 0))"
            line += (holdOut.power ?? 0) >= 0.8 ? "." : "; with 80 % only \(detectable(holdOut))."
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    private func detectable(_ holdOut: CampaignDecision.HoldOut) -> String {
        guard let fall = holdOut.detectable else { return "nothing would, so few they are" }
        return "a fall to \(percent(holdOut.expectedChurn - fall)) would"
    }

    private var limits: String {
        let choice = decision.choice
        var lines: [String] = []
        if let budget = decision.constraint.budget {
            lines.append(
                "Budget: \(amount(choice.cost)) of \(amount(budget)) is planned for all who are chosen"
                    + (decision.constraint.certain ? ", whoever takes the offer." : ", on average.")
            )
            if let price = choice.perUnitOfBudget {
                lines.append("One more unit of budget would earn about \(amount(price)).")
            }
        }
        if let price = choice.perContact {
            lines.append("One more contact would earn about \(amount(price)).")
        }
        lines.append(
            choice.gap == 0
                ? "No other list within the limits earns more."
                : "No other list within the limits earns \(NumberFormat.percent(4).text(choice.gap)) more."
        )
        lines.append("The last of the list is expected to earn \(amount(choice.cut)).")
        return lines.joined(separator: "\n")
    }

    private var outside: String {
        guard !decision.justOutside.isEmpty else { return "" }
        let rows = decision.justOutside.map { near in
            [
                near.customer, near.offer, percent(near.probability), amount(near.expectedProfit),
                amount(near.expectedCost), amount(near.distance),
                near.isSkipped ? "too dear for what it earns" : "",
            ]
        }
        let titles = ["customer", "offer", "leaves", "earns", "costs", "short by", ""]
        let table = [titles] + rows
        let widths = titles.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { row in
            let cells = row.indices.map { column in
                let blank = String(repeating: " ", count: widths[column] - row[column].count)
                return (2 ... 5).contains(column) ? blank + row[column] : row[column] + blank
            }
            return "  "
                + String(
                    cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()
                )
        }
        return (["Just outside:"] + lines).joined(separator: "\n")
    }

    private var next: String {
        var steps = [
            "contact those on the list, from the top; leave those who are held out alone, whatever happens"
        ]
        if decision.holdOut.customers == 0 {
            steps = ["contact those on the list, from the top"]
        }
        steps.append(
            "tell the record what became of all of them, contacted or not: retain outcomes FILE"
        )
        steps.append(
            "from \(ends) on, \(decision.horizonDays) days after the decision: retain campaign report \(decision.campaign)"
        )
        if decision.holdOut.customers > 0, let contacts = decision.constraint.contacts,
            decision.constraint.budget == nil, decision.choice.perContact != nil
        {
            let share = Double(decision.holdOut.customers) / Double(decision.choice.chosen)
            let more = Int((Double(contacts) / (1 - share)).rounded())
            steps.append(
                "or, if \(count(contacts)) are to be contacted beside the hold-out, plan with --contacts \(more) under another"
                    + " name, and close this one"
            )
        }
        if decision.holdOut.asked == nil, (decision.holdOut.power ?? 1) < 0.8 {
            steps.append(
                "or, since even half of so few can hardly show the effect, hold out less with --hold-out 0.1 under another"
                    + " name, and close this one"
            )
        }
        return "Next:\n"
            + steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }
            .joined(separator: "\n")
    }

    private func told(_ range: ProfitInterval.Range) -> String {
        "\(amount(range.low)) to \(amount(range.high))"
    }

    private func amount(_ value: Double) -> String {
        NumberFormat.grouped(abs(value) < 100 ? 2 : 0).text(value)
    }

    private func percent(_ share: Double) -> String { NumberFormat.percent(1).text(share) }

    private func count(_ number: Int) -> String { NumberFormat.grouped(0).text(number) }

    private func customers(_ number: Int) -> String { number == 1 ? "customer" : "customers" }

    /// Counts one below the other.
    private func pad(_ number: Int) -> String {
        let width = count(decision.choice.considered).count
        let text = count(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
