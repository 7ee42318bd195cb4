import Campaign
import Record
import Schema
import TestSupport
import Testing

/// The stores that must keep the contract of the record.
enum RecordKind: String, CaseIterable, Sendable {
    case sqlite
    case postgres

    /// Those that can be had on this machine.
    static let allCases: [RecordKind] =
        PostgresServer.shared == nil ? [.sqlite] : [.sqlite, .postgres]

    /// Opens an empty record, and closes it after `body`.
    func withRecord<Value>(
        _ retention: Retention = Retention(),
        _ body: (any RecordStore, RecordFixture) async throws -> Value
    ) async throws -> Value {
        let fixture = try RecordFixture(self)
        let record = try openRecord(fixture.path, retention: retention)
        let value = try await body(record, fixture)
        try record.close()
        return value
    }
}

/// Milliseconds of so many days.
func days(_ count: Int64) -> Int64 { count * 86_400_000 }

extension CampaignEntry {
    /// A campaign that begins with a day and lasts ten.
    static func of(
        _ name: String,
        day: Int64 = 100,
        closed: Int64? = nil,
        horizon: Int = 10
    ) -> CampaignEntry {
        CampaignEntry(
            name: name,
            created: days(day),
            closed: closed,
            horizonDays: horizon,
            keyID: "key",
            decision: #"{"größe": 1.5}"#
        )
    }
}

extension CampaignMember {
    /// A member to be contacted, or one that is held out.
    static func of(_ customer: String, rank: Int = 1, arm: Arm = .contact) -> CampaignMember {
        CampaignMember(
            customer: customer,
            arm: arm,
            block: rank / 5,
            rank: rank,
            offer: "rebate",
            probability: 0.1 + 1 / Double(rank + 1),
            value: 100.25,
            expectedProfit: 12.125 / Double(rank),
            expectedCost: 1 / 3
        )
    }
}
