import ArgumentParser
import ChurnModel
import Files
import FoundationEssentials
import PredictionLog
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
            retraining = try prepared(
                CustomerFile(path, threads: threads),
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
    private var log: LabelledLog? {
        get throws {
            guard let name = source.database else {
                let usual = "retain.db"
                return FileManager.default.fileExists(atPath: usual) ? LabelledLog(usual) : nil
            }
            return name == "none" ? nil : LabelledLog(name)
        }
    }

    /// What the champion answered, against what came true.
    private func loss(in log: LabelledLog) throws -> RealisedLoss? {
        let found = try log.judgements(
            of: champion.name,
            version: "\(champion.version)",
            digest: champion.saved.digest
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

    private func prepared(_ log: LabelledLog, _ isDryRun: Bool) throws -> Retraining {
        let customers = try log.customers(
            champion.saved.model.schema,
            knownAfter: champion.trained,
            treatedColumn: rules.treatedColumn ?? "offered"
        )
        for (count, what) in [
            (customers.lacking, "lack a column"), (customers.broken, "break the schema"),
        ] where count > 0 {
            note("\(count) rows of \(log.path) \(what) and are left out.")
        }
        if let path = source.export, !isDryRun { try AtomicFile.write(customers.csv, to: path) }
        return try prepared(
            CustomerFile(text: customers.csv, named: log.path, threads: threads),
            treatedColumn: customers.treatedColumn
        )
    }

    private func prepared(_ file: CustomerFile, treatedColumn: String?) throws -> Retraining {
        do {
            return try Retraining(
                champion,
                rules: rules,
                bounds: bounds,
                on: file,
                treatedColumn: treatedColumn,
                beside: try source.with.map { try CustomerFile($0, threads: threads) }
            )
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
