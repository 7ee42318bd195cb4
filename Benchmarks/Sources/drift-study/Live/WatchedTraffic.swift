import Drift
import Kernels

/// A service's traffic, counted and looked at as `retain serve` does.
struct WatchedTraffic {
    private(set) var drift: SequentialDrift
    /// Rows of each watched column and category since the last look.
    private(set) var counts: [[Int]] = []
    private let looksPerHour: Int
    private var looks = 0
    /// Of the traffic; the watch has its own.
    private var generator: SeededGenerator

    /// Expected rows of each hour of a day: a hundred on average, nights nearly none.
    private static let rowsByHour: [Double] = [
        20, 15, 15, 15, 20, 40, 80, 120, 150, 170, 180, 180,
        170, 170, 170, 160, 150, 140, 130, 110, 80, 60, 35, 20,
    ]

    /// Begins to watch the traffic of a model with these categories, with the service's usual window.
    init(
        _ categories: [ColumnCategories?],
        looksPerHour: Int,
        generator: SeededGenerator
    ) throws {
        self.looksPerHour = looksPerHour
        self.generator = generator
        let settings = SequentialDrift.Settings(
            horizon: 8_760 * looksPerHour,
            window: SequentialDrift.Window(rows: 3_000)
        )
        drift = try SequentialDrift(
            categories.compactMap { $0?.column },
            settings: settings,
            seed: self.generator.next()
        )
    }

    /// Of the features, in the schema's order, and then of the score; nil where nothing can be compared.
    static func categories(_ reference: DriftReference) -> [ColumnCategories?] {
        (reference.columns.map(Optional.some) + [reference.scores]).map {
            $0.flatMap { ColumnCategories($0) }
        }
    }

    /// Customers come, and are looked at; a look at none is left out.
    ///
    /// - Returns: How many came, and what changed.
    mutating func look(
        at places: [UInt8]
    ) throws -> (rows: Int, changes: [SequentialDrift.Change]) {
        let hour = looks / looksPerHour % 24
        looks += 1
        let mean = Self.rowsByHour[hour] / Double(looksPerHour)
        let rows = Int((2 * mean * generator.uniform() + generator.uniform()).rounded(.down))
        guard rows > 0 else { return (0, []) }
        let width = drift.columns.count
        let customers = (0 ..< rows).map { _ in generator.below(places.count / width) * width }
        counts = drift.columns.enumerated().map { column, categories in
            var counts = categories.reference.map { _ in 0 }
            for customer in customers { counts[Int(places[customer + column])] += 1 }
            return counts
        }
        return (rows, try drift.look(counts))
    }
}
