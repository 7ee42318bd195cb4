import Campaign
import Evaluation
import FoundationEssentials
import Output

/// Whether a campaign was worth it, as programs read it.
public struct WorthDocument: Encodable, Sendable {
    private let campaign, asOf, verdict, headline: String
    private let horizonDays: Int
    private let finished, alarming: Bool
    private let contacted, heldOut: Arm
    private let difference: Double?
    private let differenceInterval: ConfidenceInterval?
    private let saved: Double?
    private let savedInterval: ConfidenceInterval?
    private let test: Test?
    private let adjusted: Adjusted?
    private let evidence: Evidence
    private let anyTime: AnyTime
    private let money: Money?
    private let savedByScore: SavedByScore?
    private let contamination: Spoilt
    private let findings, cautions: [String]

    private struct Arm: Encodable {
        let members, open, matured, unknown, left: Int

        init(_ tally: ArmTally) {
            (members, open, matured) = (tally.members, tally.open, tally.matured)
            (unknown, left) = (tally.censored, tally.left)
        }
    }

    private struct Test: Encodable {
        let name: String
        let works, harms: Double
    }

    private struct Adjusted: Encodable {
        let lin, cuped: Estimate

        struct Estimate: Encodable {
            let difference, standardError: Double

            init(_ estimate: AdjustedEffect.Estimate) {
                (difference, standardError) = (estimate.difference, estimate.standardError)
            }
        }
    }

    private struct Evidence: Encodable {
        let works, harms, claim: Double
        let customers, blocks: Int
        let customersToClaim, customersToClaimHarm: Int?
    }

    private struct AnyTime: Encodable {
        let difference, profitPerContacted: Double?
        let differenceInterval, profitInterval: ConfidenceInterval?
        let customers: Int
    }

    private struct Money: Encodable {
        let perContacted, total, plannedPerContacted, planned: Double
        let perContactedInterval, totalInterval: ConfidenceInterval?
        let bookedCosts, expectedCosts, notCompared: Int
    }

    private struct SavedByScore: Encodable {
        let area, pValue: Double
        let areaInterval: ConfidenceInterval?
        let deciles: [Decile]

        struct Decile: Encodable {
            let customers: Int
            let saved: Double
            let interval: ConfidenceInterval?
        }
    }

    private struct Spoilt: Encodable {
        let told, heldOutContacted, notReached: Int
        let heldOutContactedFirst, notReachedFirst: [String]
        let differenceOfReached: Double?
    }

    /// Tells what a report tells.
    public init(_ report: WorthReport) {
        let worth = report.worth
        (campaign, asOf, headline) = (report.name, report.asOf, report.headline)
        verdict = Self.word(worth.verdict)
        horizonDays = report.horizonDays
        (finished, alarming) = (worth.isFinished, worth.isAlarming)
        (contacted, heldOut) = (Arm(worth.contact), Arm(worth.heldOut))
        (difference, saved) = (worth.rates.difference, worth.rates.saved)
        differenceInterval = worth.isFinished ? worth.rates.interval : nil
        savedInterval = worth.isFinished ? worth.rates.savedInterval : nil
        if let works = worth.worksTest, let harms = worth.harmsTest {
            test = Test(name: works.name.rawValue, works: works.pValue, harms: harms.pValue)
        } else {
            test = nil
        }
        adjusted = worth.adjusted.map {
            Adjusted(lin: .init($0.lin), cuped: .init($0.cuped))
        }
        evidence = Evidence(
            works: worth.evidence.worksValue,
            harms: worth.evidence.harmsValue,
            claim: RandomisationEvidence.claim,
            customers: worth.evidence.customers,
            blocks: worth.evidence.blocks,
            customersToClaim: worth.evidence.customersToClaim(),
            customersToClaimHarm: worth.evidence.customersToClaim(harm: true)
        )
        anyTime = AnyTime(
            difference: worth.sequence.mean,
            profitPerContacted: worth.moneySequence.mean,
            differenceInterval: worth.sequence.interval,
            profitInterval: worth.moneySequence.interval,
            customers: worth.sequence.customers
        )
        money = worth.money.map {
            Money(
                perContacted: $0.perContacted,
                total: $0.total,
                plannedPerContacted: $0.plannedPerContacted,
                planned: $0.planned,
                perContactedInterval: worth.isFinished ? $0.interval : nil,
                totalInterval: worth.isFinished ? $0.totalInterval : nil,
                bookedCosts: $0.bookedCosts,
                expectedCosts: $0.expectedCosts,
                notCompared: $0.notCompared
            )
        }
        savedByScore = worth.curve.map { curve in
            SavedByScore(
                area: curve.area,
                pValue: curve.pValue,
                areaInterval: curve.areaInterval,
                deciles: curve.deciles.map {
                    .init(customers: $0.customers, saved: $0.saved, interval: $0.interval)
                }
            )
        }
        let found = worth.contamination
        contamination = Spoilt(
            told: found.told,
            heldOutContacted: found.heldOutContacted,
            notReached: found.notReached,
            heldOutContactedFirst: found.heldOutContactedNames,
            notReachedFirst: found.notReachedNames,
            differenceOfReached: worth.differenceOfReached
        )
        (findings, cautions) = (report.findings, report.cautions)
    }

    /// The document as JSON with keys in snake case, without a line's end.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    public func json() throws -> [UInt8] {
        try encodedJSON(self, indented: true, keys: .convertToSnakeCase)
    }

    private static func word(_ verdict: WorthVerdict) -> String {
        switch verdict {
        case .nothingYet: "nothing yet"
        case .oneArm: "nothing to compare"
        case .works: "works"
        case .harms: "harms"
        case .noEvidenceYet: "no evidence yet"
        case .noEvidence: "no evidence"
        }
    }
}
