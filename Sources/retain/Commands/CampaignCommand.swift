import ArgumentParser
import Campaign
import FoundationEssentials
import Output
import Record

/// `retain campaign`: whom to contact, on record.
struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Decide whom to contact within a budget, on record, with a hold-out.",
        discussion: """
            A campaign is a list by expected profit, with some customers left alone at random, so that in the end it can \
            be told whether contacting paid. The decision is kept in the record (retain.db) before its list is handed out.

              retain campaign plan spring model customers.csv --contacts 500 -o list.csv
              retain campaign list
              retain campaign show spring
              retain campaign reproduce spring customers.csv
              retain campaign close spring
            """,
        subcommands: [
            CampaignPlanCommand.self, CampaignList.self, CampaignShow.self, CampaignClose.self,
            CampaignReproduce.self, CampaignReport.self,
        ]
    )
}

/// `--database`, which every verb that works with campaigns takes.
struct CampaignDatabaseOption: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: "The record: a file, or postgres://user@host/database."
    )
    var address = "retain.db"

    /// The record as it is told to people.
    var name: String { RecordAddress(address).name }

    /// With what the names of the files beside the record begin.
    var companion: String { RecordAddress(address).companion }

    /// The record, made where there is none.
    func opened() throws -> any RecordStore { try openRecord(address) }

    /// The record, which must be there.
    func existing() throws -> any RecordStore {
        guard !RecordAddress(address).isMissingFile else {
            throw CampaignError(
                .badData,
                "\(name): there is no such record; plan a campaign first, or name another with --database"
            )
        }
        return try openRecord(address)
    }

    /// A campaign of the record.
    func campaign(_ name: String, in store: any CampaignStore) async throws -> CampaignEntry {
        if let entry = try await store.campaign(named: name) { return entry }
        let names = try await store.campaigns().map { "\"\($0.name)\"" }
        throw CampaignError(
            .usage,
            "\(self.name) has no campaign \"\(name)\"; it has "
                + (names.isEmpty ? "none" : names.prefix(10).joined(separator: ", "))
                + (names.count > 10 ? " and \(names.count - 10) more" : "")
        )
    }
}
