import Campaign
import Desk
import Evaluation
import Lifecycle
import Record
import Reports
import Serving
import Texts

extension DeskSite {
    /// Whether a campaign was worth it: the one that is named, or the open one, or the newest.
    func worth(_ visit: DeskVisit, _ name: String?) async throws -> SiteAnswer {
        let campaigns = try await record.campaigns()
        let asked = name ?? (visit.form["campaign"].isEmpty ? nil : visit.form["campaign"])
        let chosen =
            asked.map { asked in campaigns.first { $0.name == asked } }
            ?? campaigns.first { $0.closed == nil } ?? campaigns.first
        guard let chosen else {
            guard asked == nil else { throw DeskProblem.missing }
            return await page(
                WorthItPage(
                    campaign: nil,
                    campaigns: [],
                    verdict: "",
                    isAlarming: false,
                    findings: [],
                    cautions: [],
                    evidence: [],
                    arms: []
                ),
                visit
            )
        }
        let now = Int64(visit.now)
        let report = try await CampaignReporting(store: record)
            .report(on: chosen.name, asOf: now, language: visit.language)
        let worth = report.worth
        var missing: Int?
        if case .noEvidenceYet(let more) = worth.verdict { missing = more }
        return await page(
            WorthItPage(
                campaign: chosen.name,
                campaigns: campaigns.map(\.name),
                verdict: report.headline,
                isAlarming: worth.isAlarming,
                findings: report.findings,
                cautions: report.cautions,
                saved: Self.saved(worth),
                money: Self.money(worth),
                customersMissing: missing,
                evidence: Self.evidence(worth),
                arms: [
                    Self.arm(worth.contact, isContacted: true),
                    Self.arm(worth.heldOut, isContacted: false),
                ]
            ),
            visit
        )
    }

    private static func saved(_ worth: CampaignWorth) -> Estimate? {
        guard let saved = worth.rates.saved else { return nil }
        // Until the end only the interval that may be looked at every day holds.
        let interval =
            worth.isFinished
            ? worth.rates.savedInterval
            : worth.sequence.interval.map {
                let contacted = Double(worth.rates.contacted)
                return ConfidenceInterval(low: -$0.high * contacted, high: -$0.low * contacted)
            }
        return interval.map { Estimate(value: saved, low: $0.low, high: $0.high) }
    }

    private static func money(_ worth: CampaignWorth) -> Estimate? {
        guard let money = worth.money else { return nil }
        let interval =
            worth.isFinished
            ? money.totalInterval
            : worth.moneySequence.interval.map {
                let contacted = Double(money.contacted)
                return ConfidenceInterval(low: $0.low * contacted, high: $0.high * contacted)
            }
        return interval.map { Estimate(value: money.total, low: $0.low, high: $0.high) }
    }

    /// Some hundred places of the path of the evidence.
    private static func evidence(_ worth: CampaignWorth) -> [WorthItPage.Evidence] {
        let path = worth.evidence.path
        guard let last = path.last, last.customers > 0 else { return [] }
        let step = max(1, path.count / 120)
        let places = Array(stride(from: 0, to: path.count, by: step)) + [path.count - 1]
        return places.map { place in
            WorthItPage.Evidence(
                customers: path[place].customers,
                worksValue: path[place].works,
                harmsValue: path[place].harms
            )
        }
    }

    private static func arm(_ tally: ArmTally, isContacted: Bool) -> WorthItPage.Arm {
        let interval = ConfidenceInterval.wilson(successes: tally.left, trials: tally.matured)
        return WorthItPage.Arm(
            isContacted: isContacted,
            members: tally.members,
            matured: tally.matured,
            left: tally.left,
            rate: interval.map {
                Estimate(
                    value: Double(tally.left) / Double(tally.matured),
                    low: $0.low,
                    high: $0.high
                )
            }
        )
    }
}
