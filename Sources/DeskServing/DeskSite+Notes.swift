import Campaign
import Desk
import Explanation
import Logging
import Record
import Schema
import Serving
import Synchronization
import Texts
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
        let told = try await told(members.map(\.customer), served, explainer)
        var notes: [Int: MemberNote] = [:]
        for member in members { notes[member.rank] = try told[member.customer]?.note }
        if !notes.isEmpty { try await record.keep(notes, of: campaign) }
    }

    /// Why customers have their scores; nothing of those whose rows the record does not hold.
    private func told(
        _ customers: [String],
        _ served: ServedModel,
        _ explainer: CustomerExplainer
    ) async throws -> [String: ToldNote] {
        var known: [String] = []
        var rows = CodedRows(width: explainer.features.count)
        for customer in customers {
            guard
                let latest = try await record.history(of: customer, most: 1)?.predictions.first,
                let row = served.row(latest.features)
            else { continue }
            known.append(customer)
            rows.append(row)
        }
        let (coded, threads) = (rows, settings.threads)
        guard coded.count > 0 else { return [:] }
        let explained = await service.explaining {
            explainer.explain(coded, .pairs(2), withLevers: true, threads: threads)
        }
        var told: [String: ToldNote] = [:]
        for (place, customer) in (explained ?? []).enumerated() {
            told[known[place]] = ToldNote(customer, Array(coded[row: place]), explainer.features)
        }
        return told
    }

    /// Whoever comes next after a list; why they have their scores stands there once it was found.
    func outside(
        _ decision: CampaignDecision,
        of campaign: String,
        _ language: Language
    ) -> [QueueRow] {
        let notes = outsideNotes.notes(of: campaign)
        if notes == nil {
            let served = service.current
            let customers = decision.justOutside.map(\.customer)
            Task.detached(priority: .utility) { [self] in
                do {
                    guard let explainer = served.explainer else { return }
                    outsideNotes.keep(
                        try await told(customers, served, explainer),
                        of: campaign
                    )
                } catch {
                    logger.error(
                        "reasons of those just outside a list can't be found",
                        metadata: ["campaign": "\(campaign)", "error": "\(error)"]
                    )
                }
            }
        }
        return decision.justOutside.map { QueueRow($0, notes?[$0.customer], language) }
    }
}

/// Why those just outside the open campaign's list have their scores: found once while a service runs, since they are no
/// members beside whom the record could keep it.
final class OutsideNotes: Sendable {
    private let state = Mutex<(campaign: String, notes: [String: ToldNote])>(("", [:]))

    /// What is known so far; nil where this campaign is asked for the first time.
    func notes(of campaign: String) -> [String: ToldNote]? {
        state.withLock { state in
            guard state.campaign != campaign else { return state.notes }
            state = (campaign, [:])
            return nil
        }
    }

    /// Keeps what was found, unless another campaign is asked for by now.
    func keep(_ notes: [String: ToldNote], of campaign: String) {
        state.withLock { if $0.campaign == campaign { $0.notes = notes } }
    }
}
