import Campaign
import Explanation
import Logging
import Record
import Schema
import Serving
import Wire

extension DeskSite {
    /// So many members are explained at a time, so that others who ask for reasons get their turn.
    private static let group = 16

    /// Finds out why each member of a list was chosen, beside everything else; pages show what is known so far.
    func annotate(_ campaign: String) {
        Task.detached(priority: .utility) { [self] in
            do { try await note(campaign) } catch {
                logger.error(
                    "reasons of a list can't be kept",
                    metadata: ["campaign": "\(campaign)", "error": "\(error)"]
                )
            }
        }
    }

    /// Keeps the reasons of members who have none yet and whose rows the record holds.
    func note(_ campaign: String) async throws {
        let served = service.current
        guard let explainer = served.explainer else { return }
        var query = QueueQuery(campaign: campaign)
        query.count = 200
        while true {
            let page = try await record.queue(query)
            let bare = page.entries.filter { $0.note == nil }.map(\.member)
            for first in stride(from: 0, to: bare.count, by: Self.group) {
                let members = bare[first ..< min(first + Self.group, bare.count)]
                try await note(Array(members), of: campaign, served, explainer)
            }
            guard page.entries.count == query.count else { return }
            query.first += query.count
        }
    }

    private func note(
        _ members: [CampaignMember],
        of campaign: String,
        _ served: ServedModel,
        _ explainer: CustomerExplainer
    ) async throws {
        var ranks: [Int] = []
        var rows = CodedRows(width: explainer.features.count)
        for member in members {
            guard
                let latest = try await record.history(of: member.customer, most: 1)?
                    .predictions.first,
                let decoded = try? served.decoder.customers(Array(latest.features.utf8)),
                decoded.problems.isEmpty
            else { continue }
            ranks.append(member.rank)
            rows.append(Array(decoded.coded[row: 0]))
        }
        let (coded, threads) = (rows, settings.threads)
        guard coded.count > 0 else { return }
        let explained = await service.explaining {
            explainer.explain(coded, .pairs(2), withLevers: true, threads: threads)
        }
        guard let explained else { return }
        var notes: [Int: MemberNote] = [:]
        for (place, customer) in explained.enumerated() {
            let told = ToldNote(customer, Array(coded[row: place]), explainer.features)
            notes[ranks[place]] = try told.note
        }
        try await record.keep(notes, of: campaign)
    }
}
