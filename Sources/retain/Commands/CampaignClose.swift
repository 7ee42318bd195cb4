import ArgumentParser
import Campaign
import Output
import Record
import Schema

/// `retain campaign close`: ends a campaign, so that others may choose its customers.
struct CampaignClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "End a campaign, so that others may choose its customers.",
        discussion: """
            What is on record stays; the campaign can still be reported on.

              retain campaign close spring
            """
    )

    @Argument(help: "The campaign.")
    var name: String

    @OptionGroup var database: CampaignDatabaseOption

    func run() async throws {
        let store = try database.existing()
        let entry = try await database.campaign(name, in: store)
        guard entry.closed == nil else {
            throw CampaignError(
                .usage,
                "the campaign \"\(name)\" was closed on \(Day(entry.closed ?? 0, after: 0)) already"
            )
        }
        let now = milliseconds()
        try await store.close(name, at: now)
        note("Closed \(name): its customers may be chosen by other campaigns.")
        let end = Day(entry.created, after: entry.horizonDays)
        if Day(now, after: 0) < end {
            note("Its horizon ends on \(end); outcomes until then still count.")
        }
    }
}
