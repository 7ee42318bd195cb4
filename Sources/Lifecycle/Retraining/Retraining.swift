private import ChurnModel
private import Evaluation
public import Output
private import Schema
public import Training

/// The next challenger: the champion's recipe on labelled customers that it has not seen.
///
/// Schema, costs, settings and seed are the champion's, so that what differs is what the customers have to say. Part
/// of the new customers is held out for the gate, at which both models are judged.
public struct Retraining: Sendable {
    /// The model in use.
    public let champion: Champion
    /// What the challenger is trained by.
    public let project: Project
    /// The new customers.
    public let file: CustomerFile
    /// The same, decoded, with older ones beside them.
    public let material: TrainingMaterial

    /// Where the champion was trained on every row.
    private static let usualTestShare = TrainingSettings(.seed).testShare

    /// Prepares.
    ///
    /// - Parameters:
    ///   - champion: The model in use.
    ///   - rules: Tell what to do with treated customers.
    ///   - bounds: Of the gate.
    ///   - file: New labelled customers.
    ///   - treatedColumn: The file's column that says who was treated; nil where nobody was, or nobody knows.
    ///   - others: Files whose rows are learned from, too, and not judged on.
    /// - Throws: `UnusableData` where the champion has learned from the file, or the gate needs more of it;
    ///   `TreatedColumnError`, `ColumnMismatch`, `BrokenRows`.
    /// - Complexity: O(rows).
    public init(
        _ champion: Champion,
        rules: RetrainingRules,
        bounds: PromotionBounds = PromotionBounds(),
        on file: CustomerFile,
        treatedColumn: String?,
        beside others: [CustomerFile] = []
    ) throws {
        let known = champion.record.data
        if let digest = file.digest, known.has(digest) {
            throw UnusableData(file: file.source, problem: .champions)
        }
        if let other = others.first(where: { $0.digest != nil && $0.digest == file.digest }) {
            throw UnusableData(file: other.source, problem: .twice)
        }
        // The gate would ask for it when the challenger is there.
        let slices = bounds.slices.map(\.column).filter { !file.header.contains($0) }
        guard slices.isEmpty else {
            throw UnusableData(file: file.source, problem: .lacks(slices: slices))
        }
        let schema = champion.saved.model.schema
        let file = try file.labelled(by: schema)
        var settings = champion.record.settings
        if settings.testShare == 0 { settings.testShare = Self.usualTestShare }
        self.champion = champion
        self.file = file
        project = Project(
            schema: schema,
            costs: champion.saved.model.costs,
            training: settings,
            promotion: bounds,
            retraining: rules,
            reasons: champion.saved.model.reasons,
            levers: champion.saved.model.levers
        )
        material = TrainingMaterial(
            try CustomerData(file, schema: schema),
            treated: try treatedColumn.map { column throws(TreatedColumnError) in
                try TreatedCustomers(in: file, by: column)
            },
            treatedWeight: rules.treatedWeight,
            beside: try others.map { try CustomerData($0, schema: schema) }
        )
    }

    /// Random seed of everything that is drawn.
    public var seed: UInt64 { champion.record.seed }

    /// What the champion says of the new customers who were not treated, and the truth.
    ///
    /// - Throws: `FeatureError`.
    /// - Complexity: O(rows · parameters).
    public func championScores() throws -> (labels: [Bool], probabilities: [Double]) {
        let rows = material.untreatedRows
        let all = try champion.saved.model.predict(material.data.table)
        return (rows.map { material.data.labels[$0] }, rows.map { Double(all[$0]) })
    }

    /// Trains the challenger.
    ///
    /// - Parameters:
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: The challenger and what is known of it.
    /// - Throws: `LeaksFound`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    /// - Complexity: That of training.
    public func train(
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> TrainingWorkflow.Result {
        try TrainingWorkflow(project, seed: seed, threads: threads)
            .run(material, onProgress: onProgress)
    }

    /// What is there to learn from and to judge by.
    public var rows: RetrainingRows {
        let counts = material.counts(share: project.training.testShare, seed: seed)
        return RetrainingRows(
            source: file.source,
            rows: material.data.labels.count,
            positives: material.data.labels.count { $0 },
            treated: material.treated?.count,
            treatmentUnknown: material.treated?.unknown,
            treatedWeight: material.treatedWeight,
            beside: material.beside.map { .init(source: $0.source, rows: $0.labels.count) },
            learned: counts.learned,
            judged: counts.judged
        )
    }
}

extension TrainingRecord.Data {
    /// Whether rows of a file were learned from.
    fileprivate func has(_ digest: String) -> Bool {
        self.digest == digest || beside?.contains { $0.digest == digest } == true
    }
}

/// Customers that a challenger can't be trained and judged on.
public struct UnusableData: RetainError, Equatable {
    /// Why.
    public enum Problem: Equatable, Sendable {
        /// The champion has learned from them.
        case champions
        /// The file is given as new and as old.
        case twice
        /// Columns are not there that the gate is to judge level by level.
        case lacks(slices: [String])
    }

    /// The file.
    public let file: String
    /// Why.
    public let problem: Problem

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        switch problem {
        case .champions:
            "\(file): the champion was trained on this file, so nothing in it is new; give customers whose truth"
                + " came since with --data, and this file with --with"
        case .twice:
            "\(file): --with names the file that --data names, whose rows would be learned from and judged on;"
                + " leave it out"
        case .lacks(let slices):
            "\(file): the gate is to judge the levels of \(listed(slices))"
                + " (promotion.slices of retain.yaml), which are not in it; give a CSV that has them with --data,"
                + " or take them out of retain.yaml"
        }
    }
}
