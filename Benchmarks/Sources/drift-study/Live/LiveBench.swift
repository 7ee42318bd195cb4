import ChurnModel
import Drift
import Kernels
import Training

/// A model, and customers of whom a service of it is asked.
struct LiveBench: Sendable {
    /// What the watch compares with.
    enum Reference: String, CaseIterable {
        case exact, model
    }

    /// What became of a year without a change.
    struct Year: Sendable {
        /// The column that alarmed first.
        var alarm: String?
        /// As `NaiveTests.levels`.
        var naive: [Bool]
    }

    /// What became of a change.
    struct Finding: Sendable {
        /// Hours and predictions from the change until all changed columns have alarmed; nil where they never did.
        var delay: (hours: Double, rows: Int)?
        /// Unchanged columns, or the score, that alarmed.
        var others: Set<String> = []
    }

    /// How long a change is watched.
    static let patience = 14 * 24

    private let folder: StudyFolder
    private let seed: UInt64
    private let outcome: TrainingWorkflow.Result
    private let pool: CustomerPool
    private let all: DriftReference

    /// Trains a model on 10,000 customers, and lets it score the pool.
    init(_ folder: StudyFolder, seed: UInt64, poolRows: Int) throws {
        self.folder = folder
        self.seed = seed
        outcome = try StudyFolder.train(folder.simulate("reference", rows: 10_000, seed: seed))
        let path = try folder.simulate("pool", rows: poolRows, seed: seed + 1)
        pool = try CustomerPool(path, model: outcome.model)
        all = pool.reference
    }

    /// Customers of whom a change is seen.
    func changed(_ change: Change, rows: Int) throws -> CustomerPool {
        let path = try folder.simulate("changed", rows: rows, seed: seed + 2, change: change)
        return try CustomerPool(path, model: outcome.model)
    }

    /// Years of customers who do not change, each with a reference of its own.
    func years(_ count: Int, _ kind: Reference, looksPerHour: Int) throws -> [Year] {
        let exact = WatchedTraffic.categories(all)
        let placed = kind == .exact ? pool.places(exact) : []
        return try concurrently(count) { number in
            var generator = generator("year", number)
            let reference = kind == .exact ? all : modelReference(using: &generator)
            let categories = kind == .exact ? exact : WatchedTraffic.categories(reference)
            let places = kind == .exact ? placed : pool.places(categories)
            var traffic = try WatchedTraffic(
                categories,
                looksPerHour: looksPerHour,
                generator: generator
            )
            var naive = NaiveTests(reference, traffic.drift)
            var alarm: String?
            for _ in 0 ..< 8_760 * looksPerHour {
                let (rows, changes) = try traffic.look(at: places)
                if rows > 0 { try naive.look(traffic.counts) }
                alarm = alarm ?? changes.first?.verdict.column
            }
            return Year(alarm: alarm, naive: naive.hasAlarmed)
        }
    }

    /// What becomes of a change after a week or two without one.
    func findings(
        _ count: Int,
        _ change: Change,
        in changed: CustomerPool,
        looksPerHour: Int
    ) throws -> [Finding] {
        try concurrently(count) { number in
            var generator = generator("change", number)
            let categories = WatchedTraffic.categories(modelReference(using: &generator))
            let quiet = (168 + generator.below(168)) * looksPerHour
            let (before, after) = (pool.places(categories), changed.places(categories))
            var traffic = try WatchedTraffic(
                categories,
                looksPerHour: looksPerHour,
                generator: generator
            )
            var finding = Finding()
            var missing = change.columns
            var rowsSince = 0
            for look in 1 ... quiet + Self.patience * looksPerHour {
                let isChanged = look > quiet
                let (rows, changes) = try traffic.look(at: isChanged ? after : before)
                if isChanged { rowsSince += rows }
                for found in changes.map(\.verdict) where found.isDrifted {
                    guard isChanged, change.columns.contains(found.column) else {
                        finding.others.insert(found.column)
                        continue
                    }
                    missing.remove(found.column)
                    guard missing.isEmpty, finding.delay == nil else { continue }
                    finding.delay = (Double(look - quiet) / Double(looksPerHour), rowsSince)
                }
            }
            return finding
        }
    }

    /// As the folder of a model has it that is trained on 10,000 other customers.
    private func modelReference(using generator: inout SeededGenerator) -> DriftReference {
        pool.reference(
            fitted: outcome.record.data.trainingRows,
            judged: outcome.record.data.testRows,
            using: &generator
        )
    }

    private func generator(_ purpose: String, _ number: Int) -> SeededGenerator {
        let stream = purpose.utf8.reduce(0) { $0 << 8 | UInt64($1) } << 24
        return SeededGenerator(seed: seed, stream: stream | UInt64(number))
    }
}
