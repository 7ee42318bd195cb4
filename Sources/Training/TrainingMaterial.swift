import Schema
private import Tabular

/// What a model learns from: a file, who in it was treated, and other files beside it.
///
/// A part of the file is held out for the judgement. Treated customers are not judged on, and are excluded or count
/// less in learning; see `RetrainingRules`. Files beside it are learned from only.
public struct TrainingMaterial: Sendable {
    /// The file.
    public let data: CustomerData
    /// Who in it was treated; nil where that was not asked.
    public let treated: TreatedCustomers?
    /// How much a treated customer counts in learning, in 0 ..< 1; 0 excludes.
    public let treatedWeight: Double
    /// Decoded by the same schema as the file.
    public let beside: [CustomerData]

    /// Gathers what to learn from.
    public init(
        _ data: CustomerData,
        treated: TreatedCustomers? = nil,
        treatedWeight: Double = 0,
        beside: [CustomerData] = []
    ) {
        self.data = data
        self.treated = treated
        self.treatedWeight = treatedWeight
        self.beside = beside
    }

    /// The file's rows that count whole.
    public var untreatedRows: [Int] { untreated(Array(data.labels.indices)) }

    /// Rows to learn from and rows to judge on, which training never sees.
    ///
    /// The file is split as a whole, so that the rows held out are known again from the file, the share and the
    /// seed alone.
    ///
    /// - Parameters:
    ///   - share: Share of the file to hold out.
    ///   - seed: The run's random seed.
    /// - Returns: Learning rows of the file, then those beside it; rows of the file to judge on.
    func split(
        share: Double,
        seed: UInt64
    ) -> (learning: NetworkRecipe.Rows, test: NetworkRecipe.Rows) {
        let split = split(share, seed)
        let own = NetworkRecipe.Rows(
            table: data.table,
            labels: data.labels,
            weights: weights,
            isTreated: treated?.isTreated
        )
        var test = own.selecting(split.judged)
        test.weights = nil
        test.isTreated = nil
        return (own.selecting(split.learned).joined(with: beside), test)
    }

    /// How much each row of the file counts, by its own weight and by whether it was treated; nil where all count the same.
    private var weights: [Float]? {
        let ofTreated = treated?.weights(Float(treatedWeight))
        guard let own = data.relativeWeights else { return ofTreated }
        return ofTreated.map { zip(own, $0).map { $0 * $1 } } ?? own
    }

    /// How many rows are learned from and judged on.
    ///
    /// - Parameters:
    ///   - share: Share of the file to hold out.
    ///   - seed: The run's random seed.
    /// - Returns: Rows to learn from, those beside the file included; rows to judge on.
    public func counts(share: Double, seed: UInt64) -> (learned: Int, judged: Int) {
        let split = split(share, seed)
        let others = beside.reduce(0) { $0 + $1.labels.count }
        return (split.learned.count + others, split.judged.count)
    }

    private func split(_ share: Double, _ seed: UInt64) -> (learned: [Int], judged: [Int]) {
        let split = StratifiedSplit(labels: data.labels, share: share, seed: seed, purpose: .test)
        return (treatedWeight > 0 ? split.kept : untreated(split.kept), untreated(split.heldOut))
    }

    private func untreated(_ rows: [Int]) -> [Int] {
        guard let treated else { return rows }
        return rows.filter { !treated.isTreated[$0] }
    }
}

extension NetworkRecipe.Rows {
    /// The rows, and after them all of some files', which count whole.
    fileprivate func joined(with others: [CustomerData]) -> Self {
        guard !others.isEmpty else { return self }
        let count = others.reduce(0) { $0 + $1.labels.count }
        let hasWeights = weights != nil || others.contains { $0.weights != nil }
        let besides = others.flatMap { other in
            other.relativeWeights ?? [Float](repeating: 1, count: other.labels.count)
        }
        return Self(
            table: Table(joining: [table] + others.map(\.table)),
            labels: labels + others.flatMap(\.labels),
            weights: hasWeights
                ? (weights ?? [Float](repeating: 1, count: labels.count)) + besides : nil,
            isTreated: isTreated.map { $0 + [Bool](repeating: false, count: count) }
        )
    }
}

extension TrainingRecord.Data {
    /// Describes material and how it was divided.
    init(
        _ material: TrainingMaterial,
        _ schema: Schema,
        training: Int,
        validation: Int,
        test: Int
    ) {
        let data = material.data
        self.init(
            name: data.name,
            digest: data.digest,
            rows: data.labels.count,
            unlabelled: data.unlabelled.count > 0 ? data.unlabelled.count : nil,
            positives: data.labels.count { $0 },
            trainingRows: training,
            validationRows: validation,
            testRows: test,
            treated: material.treated.map {
                Treated(column: $0.column, rows: $0.count, weight: material.treatedWeight)
            },
            weight: data.relativeWeights.map { weights in
                Weight(
                    column: schema.weight ?? "",
                    least: Double(weights.min() ?? 1),
                    greatest: Double(weights.max() ?? 1)
                )
            },
            beside: material.beside.isEmpty
                ? nil : material.beside.map { Source(name: $0.name, digest: $0.digest) }
        )
    }
}
