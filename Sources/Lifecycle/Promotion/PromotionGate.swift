public import ChurnModel
public import Evaluation
public import Output
public import Schema
public import Training

/// Decides whether a model may become the champion.
///
/// The challenger need not prove that it is better, which takes more customers than most have: it is
/// refused where it is worse, ill calibrated or unfair beyond what chance explains, that is where the
/// whole 95 % interval lies beyond a bound. Without a champion it must be better than the share of leavers.
public struct PromotionGate: Sendable {
    /// What is asked.
    public let bounds: PromotionBounds
    /// What the campaign costs and brings; nil takes the challenger's.
    public let costs: CampaignCosts?
    /// Has the columns of slices, also those that no model reads; nil takes the challenger's.
    public let schema: Schema?
    /// The column of the file that says who was treated, where it has one; see `RetrainingRules`.
    public let treatedColumn: String?
    /// Random seed of the bootstrap.
    public let seed: UInt64

    /// Rows of either class without which nothing can be told.
    static let fewestPerClass = 20

    /// Creates a gate.
    public init(
        _ bounds: PromotionBounds,
        costs: CampaignCosts? = nil,
        schema: Schema? = nil,
        treatedColumn: String? = nil,
        seed: UInt64 = 42
    ) {
        self.bounds = bounds
        self.costs = costs
        self.schema = schema
        self.treatedColumn = treatedColumn
        self.seed = seed
    }

    /// A model and its name for people.
    public struct Candidate: Sendable {
        /// For example `version 3 of churn`.
        public let name: String
        /// The model.
        public let saved: SavedModel

        /// Creates a candidate.
        public init(name: String, saved: SavedModel) {
            self.name = name
            self.saved = saved
        }
    }

    /// Judges a model.
    ///
    /// Each model reads the file by its own schema; row *i* is the same customer to both. Rows that either
    /// was trained on do not count, nor do treated customers.
    ///
    /// - Parameters:
    ///   - challenger: The model in question.
    ///   - champion: The present champion; nil where there is none.
    ///   - file: Labelled customers.
    /// - Returns: Every check, in order; only the first where there are too few rows.
    /// - Throws: `GateError`, `ColumnMismatch`, `BrokenRows`, `FeatureError`, `EvaluationError`,
    ///   `CampaignCostsError`, `UnknownSlice`, `TreatedColumnError`.
    /// - Complexity: O(rows · (parameters + 1,000)).
    public func judge(
        _ challenger: Candidate,
        against champion: Candidate?,
        on file: CustomerFile
    ) throws -> GateReport {
        let file = try file.labelled(by: challenger.saved.model.schema)
        let own = try challenger.read(file)
        let other = try champion?.read(file)
        guard other.map({ $0.data.labels == own.data.labels }) ?? true else {
            throw GateError.targetsDiffer(
                challenger: challenger.saved.model.schema.target,
                champion: champion?.saved.model.schema.target
                    ?? challenger.saved.model.schema.target
            )
        }
        let judged = JudgedRows(
            own.data,
            challenger: own.record,
            champion: other?.record,
            leavingOut: try treatedRows(of: file, [own.record, other?.record])
        )
        var checks = [rowsCheck(judged, labels: own.data.labels)]
        if checks[0].passed {
            let rows = try GateRows(
                challenger: challenger.saved.model,
                champion: champion?.saved.model,
                own: own.data.selecting(judged.rows),
                other: other?.data.selecting(judged.rows)
            )
            checks += [leakCheck(rows), try aucCheck(rows)]
            checks += try championChecks(rows)
            checks += try calibrationChecks(rows)
            checks += try sliceChecks(rows, file, judged.rows)
        }
        return GateReport(
            challenger: challenger.name,
            champion: champion?.name,
            data: file.name,
            digest: file.digest,
            rows: own.data.labels.count,
            judgedRows: judged.rows.count,
            selection: judged.reason,
            checks: checks,
            passed: checks.allSatisfy(\.passed)
        )
    }

    /// The rows of treated customers: by the column that training went by, or by the gate's own.
    private func treatedRows(
        of file: CustomerFile,
        _ records: [TrainingRecord?]
    ) throws(TreatedColumnError) -> Set<Int> {
        let known = records.compactMap(\.self).first { record in
            record.data.treated != nil && file.digest != nil && file.digest == record.data.digest
        }
        let own = treatedColumn.flatMap { file.header.contains($0) ? $0 : nil }
        guard let column = known?.data.treated?.column ?? own else { return [] }
        let isTreated = try TreatedCustomers(in: file, by: column).isTreated
        return Set(isTreated.indices.filter { isTreated[$0] })
    }

    private func rowsCheck(_ judged: JudgedRows, labels: [Bool]) -> GateCheck {
        let count = judged.rows.count
        let positives = judged.rows.count { labels[$0] }
        let isEnough =
            count >= bounds.minRows
            && min(positives, count - positives) >= Self.fewestPerClass
        return GateCheck(
            .rows,
            value: Double(count),
            side: .atLeast,
            bound: Double(bounds.minRows),
            passed: isEnough,
            isEnough
                ? "judged on \(judged.reason); \(positives) left"
                : "only \(judged.reason), of which \(positives) left; at least \(bounds.minRows) are"
                    + " needed, \(Self.fewestPerClass) of either class: give labelled customers that no"
                    + " training has seen"
        )
    }
}

extension PromotionGate.Candidate {
    fileprivate func read(
        _ file: CustomerFile
    ) throws -> (data: CustomerData, record: TrainingRecord) {
        let record: TrainingRecord
        do { record = try saved.record() } catch { throw GateError.noRecord(model: name) }
        return (try CustomerData(file, schema: saved.model.schema), record)
    }
}

/// Why models can't be judged at all.
public enum GateError: RetainError, Equatable {
    /// It is not told on which rows a model was trained.
    case noRecord(model: String)
    /// The models predict different things.
    case targetsDiffer(challenger: Schema.Target, champion: Schema.Target)

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        switch self {
        case .noRecord(let model):
            "\(model): retain/metrics.json does not tell on which rows it was trained, so no row is known"
                + " to be unseen; train it anew with this Retain"
        case .targetsDiffer(let challenger, let champion):
            "the challenger predicts \"\(challenger.column)\" = \"\(challenger.positive)\", the champion"
                + " \"\(champion.column)\" = \"\(champion.positive)\", and the rows' labels differ; register"
                + " it under a name of its own"
        }
    }
}
