import ArgumentParser
import Campaign
import Record
import Schema

/// `retain campaign show`: one campaign's decision.
struct CampaignShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a campaign's decision, with all that it stands on.",
        discussion: """
              retain campaign show spring
            """
    )

    @Argument(help: "The campaign.")
    var name: String

    @OptionGroup var database: CampaignDatabaseOption
    @OptionGroup var language: LanguageOption
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let entry = try await database.campaign(name, in: database.existing())
        guard !asJSON.isOn else {
            try say(
                String(
                    entry.decision.hasSuffix("\n") ? entry.decision.dropLast() : entry.decision[...]
                )
            )
            return
        }
        let text = CampaignText(
            try CampaignDecision(json: entry.decision),
            ends: Day(entry.created, after: entry.horizonDays),
            files: nil,
            language: language.choice
        )
        try say(text.text)
        note(
            "Decided on \(Day(entry.created, after: 0)), "
                + (entry.closed.map { "closed on \(Day($0, after: 0))." } ?? "open.")
        )
    }
}
