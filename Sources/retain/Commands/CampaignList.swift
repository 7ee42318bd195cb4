import ArgumentParser
import Campaign
import Output
import Record
import Reports
import Schema

/// `retain campaign list`: the campaigns of a record.
struct CampaignList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List campaigns, the newest first.",
        discussion: """
              retain campaign list --json
            """
    )

    @OptionGroup var database: CampaignDatabaseOption
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let entries = try await database.existing().campaigns()
        let campaigns = try entries.map { try ListedCampaign($0) }
        if asJSON.isOn {
            try say(json(campaigns))
        } else if campaigns.isEmpty {
            note("\(database.name): there is no campaign yet.")
        } else {
            var rows = [
                [
                    "campaign", "state", "decided", "ends", "contacted", "held out",
                    "expected profit",
                ]
            ]
            rows += campaigns.map { campaign in
                [
                    campaign.name, campaign.state, campaign.decided, campaign.ends,
                    NumberFormat.grouped(0).text(campaign.contacted),
                    NumberFormat.grouped(0).text(campaign.heldOut),
                    NumberFormat.grouped(2).text(campaign.expectedProfit),
                ]
            }
            try say(columns(rows))
        }
    }
}

/// A line of the list.
private struct ListedCampaign: Encodable {
    let name, state, decided, ends: String
    let contacted, heldOut: Int
    let expectedProfit: Double

    enum CodingKeys: String, CodingKey {
        case name, state, decided, ends, contacted
        case heldOut = "held_out"
        case expectedProfit = "expected_profit"
    }

    init(_ entry: CampaignEntry) throws {
        let decision = try CampaignDecision(json: entry.decision)
        name = entry.name
        state = entry.closed == nil ? "open" : "closed"
        decided = "\(Day(entry.created, after: 0))"
        ends = "\(Day(entry.created, after: entry.horizonDays))"
        contacted = decision.holdOut.contacted
        heldOut = decision.holdOut.customers
        expectedProfit = decision.expected.profit
    }
}

/// Texts in columns, numbers (all but the first four) at the right.
private func columns(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
        let cells = row.indices.map { column in
            let blank = String(repeating: " ", count: widths[column] - row[column].count)
            return column < 4 ? row[column] + blank : blank + row[column]
        }
        let line = cells.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
    .joined(separator: "\n")
}
