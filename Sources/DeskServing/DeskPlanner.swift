import Campaign
import ChurnModel
import Desk
import Evaluation
import Files
import FoundationEssentials
import Lifecycle
import Record
import Schema
import Serving
import Tabular

/// Plans a campaign from a form: what would be chosen, and later the same on record.
struct DeskPlanner: Sendable {
    let served: ServedModel
    let settings: DeskSettings
    let planned: PlannedForm
    /// The customers, and whether they come with their scores.
    let file: (path: String, isScored: Bool)

    /// A choice, with what all that pays would earn.
    struct Choice: Sendable {
        let decided: CampaignWorkflow.Decided
        let workflow: CampaignWorkflow
        /// What calling so many earns, by rising numbers.
        let curve: [CampaignPreviewPage.Point]
        /// What a person should know of how the file was read.
        let remarks: [String]
    }

    /// Places of the curve.
    private static let points = 100

    /// Decides, and keeps nothing.
    ///
    /// - Parameter withCurve: Whether all whom contacting pays are ranked, too, for the curve.
    /// - Returns: The choice; without the curve where that was not asked for.
    /// - Throws: What reading the file and `CampaignPlanner` throw.
    func choose(withCurve: Bool) throws -> Choice {
        let source = CampaignSource(
            saved: served.saved,
            schema: served.saved.model.schema,
            terms: planned.terms,
            threads: settings.threads,
            encoding: nil
        )
        let read = try source.read(
            data: file.isScored ? nil : file.path,
            scored: file.isScored ? file.path : nil,
            asOf: file.isScored ? nil : planned.asOf
        )
        let (key, _) = try CampaignKeyFile(given: nil, database: settings.record.companion).key()
        let workflow = CampaignWorkflow(
            CampaignWorkflow.Request(
                name: planned.form.name,
                modelSource: "\(served.name) \(served.version)",
                constraint: planned.constraint,
                holdOut: planned.holdOut,
                horizonDays: planned.horizonDays,
                dataName: source.name(of: file.path),
                isScored: file.isScored
            ),
            key: key,
            threads: settings.threads
        )
        let decided = try workflow.decide(read, terms: planned.terms, by: served.saved)
        var curve: [CampaignPreviewPage.Point] = []
        if withCurve {
            let all = CampaignPlanner(
                campaign: planned.form.name,
                key: key,
                constraint: CampaignConstraint(contacts: read.customers.count),
                holdOut: 0,
                recalibration: nil,
                threads: settings.threads
            )
            curve = Self.curve(try all.plan(read.customers).members.map(\.expectedProfit))
        }
        return Choice(
            decided: decided,
            workflow: workflow,
            curve: curve,
            remarks: read.remarks
        )
    }

    /// Sums of falling profits at some hundred places.
    private static func curve(_ profits: [Double]) -> [CampaignPreviewPage.Point] {
        var sum = 0.0
        var curve = [CampaignPreviewPage.Point(contacts: 0, profit: 0)]
        let step = max(1, profits.count / points)
        for (place, profit) in profits.enumerated() {
            sum += profit
            if (place + 1).isMultiple(of: step) || place + 1 == profits.count {
                curve.append(CampaignPreviewPage.Point(contacts: place + 1, profit: sum))
            }
        }
        return curve
    }

    /// Writes the latest scores of a record as `retain score` does, without those that are older than some days.
    ///
    /// - Returns: How many customers there are.
    static func write(
        _ record: any RecordStore,
        since time: Int64,
        to path: String
    ) async throws -> Int {
        var file = try AtomicFile(path)
        try file.write(Array("identifier,churn_probability\n".utf8))
        var (first, count) = (0, 0)
        while true {
            let page = try await record.customers(prefix: "", from: first, count: pageSize)
            var lines: [UInt8] = []
            for entry in page.entries where entry.time >= time {
                lines.appendCSVField(entry.customer)
                lines += ",\(Float(entry.probability))\n".utf8
                count += 1
            }
            try file.write(lines)
            guard page.entries.count == pageSize else { break }
            first += pageSize
        }
        try file.commit()
        return count
    }

    private static let pageSize = 20_000
}
