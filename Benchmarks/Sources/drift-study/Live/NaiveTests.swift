import Drift

/// What a watch must not do: the tests of one look at one sample, made anew at every look.
///
/// Numbers and scores by Kolmogorov and Smirnov, over the categories that are counted, which only makes it more
/// careful; levels by chi-squared.
struct NaiveTests {
    /// Where a p-value alarms, and beyond how many √(1 / n + 1 / m) a gap has it.
    static let levels = [(pValue: 0.05, gap: 1.358), (pValue: 0.001, gap: 1.949)]

    /// Whether a column has alarmed yet, by `levels`.
    private(set) var hasAlarmed = levels.map { _ in false }
    private let columns: [(reference: [Int], isNumber: Bool)]
    private let rowsOfWindow: Int
    private var looks: [[[Int]]] = []
    private var window: [[Int]]

    init(_ reference: DriftReference, _ drift: SequentialDrift) {
        let numbers = Set(
            reference.columns.filter { $0.sample != nil }.map(\.name) + [DriftReference.scoreName]
        )
        columns = drift.columns.map { ($0.reference, numbers.contains($0.name)) }
        window = drift.columns.map { $0.reference.map { _ in 0 } }
        rowsOfWindow = drift.settings.window.rows
    }

    /// Takes the counts of a look, and tests the newest looks that fill a window.
    mutating func look(_ counts: [[Int]]) throws {
        guard hasAlarmed.contains(false) else { return }
        looks.append(counts)
        change(by: counts, +)
        guard rows(window) >= rowsOfWindow else { return }
        while let oldest = looks.first, rows(window) - rows(oldest) >= rowsOfWindow {
            change(by: oldest, -)
            looks.removeFirst()
        }
        for (column, counts) in zip(columns, window) {
            for (place, level) in Self.levels.enumerated() where !hasAlarmed[place] {
                hasAlarmed[place] =
                    column.isNumber
                    ? Self.gap(column.reference, counts) > level.gap
                    : try ChiSquared(reference: column.reference, current: counts).pValue
                        < level.pValue
            }
        }
    }

    /// The widest gap between both distribution functions, in √(1 / n + 1 / m).
    private static func gap(_ reference: [Int], _ current: [Int]) -> Double {
        let (n, m) = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
        var (below, widest) = (0.0, 0.0)
        for (one, other) in zip(reference, current) {
            below += Double(one) / n - Double(other) / m
            widest = max(widest, abs(below))
        }
        return widest / (1 / n + 1 / m).squareRoot()
    }

    /// All columns count the same rows.
    private func rows(_ counts: [[Int]]) -> Int { counts.first?.reduce(0, +) ?? 0 }

    private mutating func change(by counts: [[Int]], _ combine: (Int, Int) -> Int) {
        for column in window.indices {
            for place in window[column].indices {
                window[column][place] = combine(window[column][place], counts[column][place])
            }
        }
    }
}
