import Campaign
import Record
import Synchronization

/// Campaigns in memory, by the rules of the port.
final class MemoryCampaigns: CampaignStore {
    private struct Kept {
        var entry: CampaignEntry
        var members: [CampaignMember]
    }
    private let kept = Mutex<[Kept]>([])

    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError) {
        kept.withLock { $0.append(Kept(entry: campaign, members: members)) }
    }

    func campaigns() async throws(RecordStoreError) -> [CampaignEntry] {
        kept.withLock { $0.map(\.entry).reversed() }
    }

    func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry? {
        kept.withLock { $0.first { $0.entry.name == name }?.entry }
    }

    func members(of name: String) async throws(RecordStoreError) -> [CampaignMember] {
        kept.withLock { $0.first { $0.entry.name == name }?.members ?? [] }
    }

    func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)] {
        kept.withLock { kept in
            customers.flatMap { customer in
                kept.filter { $0.entry.closed == nil }
                    .filter { $0.members.contains { $0.customer == customer } }
                    .map { (customer, $0.entry.name) }
            }
        }
    }

    func close(_ name: String, at time: Int64) async throws(RecordStoreError) {
        kept.withLock { kept in
            for place in kept.indices where kept[place].entry.name == name {
                kept[place].entry.closed = time
            }
        }
    }

    func truths(
        of name: String,
        asOf time: Int64
    ) async throws(RecordStoreError) -> [MemberTruth] {
        try await members(of: name).map { MemberTruth(customer: $0.customer, state: .open) }
    }
}
