import Campaign
public import Output
public import Record
public import Reports
import Schema
public import Texts

/// Reports whether a campaign of the record was worth it.
///
/// ```swift
/// let report = try await CampaignReporting(store: log).report(on: "spring", asOf: now)
/// print(report.text)
/// ```
public struct CampaignReporting: Sendable {
    private let store: any CampaignStore

    /// Reads campaigns of a store.
    public init(store: any CampaignStore) {
        self.store = store
    }

    /// Refuses a name that no campaign has, before anything is done.
    ///
    /// - Throws: `CampaignReportError`; `RecordStoreError`.
    public func check(_ name: String) async throws {
        _ = try await entry(name)
    }

    private func entry(_ name: String) async throws -> CampaignEntry {
        if let entry = try await store.campaign(named: name) { return entry }
        let names = try await store.campaigns().map { "\"\($0.name)\"" }
        throw CampaignReportError(campaign: name, known: names)
    }

    /// Judges a campaign by what is known at a time.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970.
    ///   - language: In which it is told.
    /// - Returns: The report.
    /// - Throws: `CampaignReportError` where there is none of this name or it began later; `WorthError`;
    ///   `RecordStoreError`.
    /// - Complexity: O(*n* log *n*) in the members.
    public func report(
        on name: String,
        asOf time: Int64,
        language: Language = .english
    ) async throws -> WorthReport {
        let entry = try await entry(name)
        let day = Day(secondsSince1970: Double(time) / 1_000)
        guard time >= entry.created else {
            let begun = Day(secondsSince1970: Double(entry.created) / 1_000)
            throw CampaignReportError(campaign: name, day: "\(day)", begun: "\(begun)")
        }
        let members = try await store.members(of: name)
        let truths = try await store.truths(of: name, asOf: time)
        return WorthReport(
            name: name,
            horizonDays: entry.horizonDays,
            asOf: "\(day)",
            worth: try CampaignWorth(members: members, truths: truths),
            language: language
        )
    }
}

/// A campaign that can't be reported on.
public struct CampaignReportError: RetainError, Equatable {
    /// A name or a day in the command must change.
    public var exitStatus: ExitStatus { .usage }

    /// What is wrong and how to put it right, in one line.
    public let description: String

    init(campaign: String, known: [String]) {
        let names =
            known.isEmpty
            ? "the record has none; plan one with `retain campaign plan`"
            : "the record has \(known.prefix(10).joined(separator: ", "))"
                + (known.count > 10 ? " and \(known.count - 10) more" : "")
        description = "there is no campaign \"\(campaign)\"; \(names)"
    }

    init(campaign: String, day: String, begun: String) {
        description =
            "the campaign \"\(campaign)\" began on \(begun), after \(day); name a later day with --as-of"
    }
}
