import ArgumentParser
import ChurnModel
import Files
import FoundationEssentials
import Lifecycle
import Record
import Schema
import Training

/// Looks whether there is reason for a challenger, and gathers what it would be trained on.
struct RetrainSearch {
    let champion: Champion
    let rules: RetrainingRules
    let bounds: PromotionBounds
    let source: RetrainSource
    let threads: Int

    /// Decides.
    ///
    /// - Returns: What the challenger would be trained on, nil where nothing speaks for one; and what was found.
    func run(
        drift: ReportedDrift?,
        isForced: Bool,
        isDryRun: Bool
    ) throws -> (retraining: Retraining?, report: RetrainingReport) {
        let log = try log
        var retraining: Retraining?
        if let path = source.data {
            let file = try CustomerFile(
                path,
                threads: threads,
                encoding: source.encoding.choice
            )
            note(file.remarks, of: path)
            retraining = try prepared(
                file,
                treatedColumn: rules.treatedColumn
            )
        }
        let loss = try log.flatMap(loss(in:)) ?? retraining.flatMap(loss(on:))
        var evidence = RetrainingEvidence(drift: drift, loss: loss, isForced: isForced, rows: 0)
        var decision = RetrainingDecision(evidence, rules: rules)
        if decision.verdict != .nothing {
            if retraining == nil { retraining = try log.map { try prepared($0, isDryRun) } }
            guard let retraining else {
                throw ValidationError(
                    "there is no retain.db in this folder; name it with --database, or give labelled customers with"
                        + " --data FILE"
                )
            }
            evidence.rows = retraining.material.untreatedRows.count
            decision = RetrainingDecision(evidence, rules: rules)
        }
        let report = RetrainingReport(
            champion,
            decision,
            loss: loss,
            rows: decision.verdict == .nothing ? nil : retraining?.rows,
            isDryRun: isDryRun
        )
        return (retraining, report)
    }

    /// The database: one that is named must be there, the usual one need not.
    private var log: (any LabelledRecord)? {
        get throws {
            guard let name = source.database else {
                let usual = "retain.db"
                return FileManager.default.fileExists(atPath: usual) ? readRecord(usual) : nil
            }
            return name == "none" ? nil : readRecord(name)
        }
    }

    /// By the horizon of the champion's schema only what has matured now counts.
    private var maturing: Maturity? {
        Maturity(days: champion.saved.model.schema.horizonDays, at: milliseconds())
    }

    /// What the champion answered, against what came true.
    private func loss(in log: any LabelledRecord) throws -> RealisedLoss? {
        let found = try log.judgements(
            of: champion.name,
            version: "\(champion.version)",
            digest: champion.saved.digest,
            maturing: maturing
        )
        .filter { $0.treated != true }
        return try loss(found.map(\.left), found.map(\.probability))
    }

    /// What the champion would have answered.
    private func loss(on retraining: Retraining) throws -> RealisedLoss? {
        let scores = try retraining.championScores()
        return try loss(scores.labels, scores.probabilities)
    }

    private func loss(_ labels: [Bool], _ probabilities: [Double]) throws -> RealisedLoss? {
        try RealisedLoss(
            labels: labels,
            probabilities: probabilities,
            promise: champion.record.test,
            bound: rules.lossIncrease,
            seed: champion.record.seed
        )
    }

    private func prepared(_ log: any LabelledRecord, _ isDryRun: Bool) throws -> Retraining {
        let customers = try log.customers(
            champion.saved.model.schema,
            knownAfter: champion.trained,
            maturing: maturing,
            treatedColumn: rules.treatedColumn ?? "offered"
        )
        for (count, what) in [
            (customers.lacking, "lack a column"), (customers.broken, "break the schema"),
        ] where count > 0 {
            note("\(count) rows of \(log.path) \(what) and are left out.")
        }
        if let path = source.export {
            if !isDryRun { try AtomicFile.write(customers.csv, to: path) }
        } else {
            note(
                "The customers are those of \(log.path), which changes; to make the challenger again later"
                    + " (`retain runs reproduce`), keep them with --export FILE."
            )
        }
        return try prepared(
            CustomerFile(
                customers.customers,
                treated: customers.treated,
                treatedColumn: customers.treatedColumn,
                csv: customers.csv,
                named: log.path
            ),
            treatedColumn: customers.treatedColumn
        )
    }

    private func prepared(_ file: CustomerFile, treatedColumn: String?) throws -> Retraining {
        do {
            let retraining = try Retraining(
                champion,
                rules: rules,
                bounds: bounds,
                on: file,
                treatedColumn: treatedColumn,
                beside: try source.with.map {
                    try CustomerFile($0, threads: threads, encoding: source.encoding.choice)
                }
            )
            for data in [retraining.material.data] + retraining.material.beside {
                noteUnlabelled(data, champion.saved.model.schema)
            }
            return retraining
        } catch let error as BrokenRows {
            note(
                "A challenger keeps the schema of version \(champion.version); for another one use `retain train"
                    + " --register \(champion.name)` and `retain models promote`."
            )
            throw error
        }
    }
}

/// Reads a report of `retain drift --json`.
func driftReport(_ path: String) throws -> ReportedDrift {
    try ReportedDrift(json: try BlockReader.contents(of: path), file: path)
}
