public import ChurnModel
public import Drift
import Features
import Kernels
public import Schema

/// Finds what the company can change so that a customer's score falls below a target.
///
/// Every allowed combination is scored, so that "none" is a proof.
///
/// ```swift
/// let search = try LeverSearch(model, reference, levers: model.levers)
/// let finding = search.find(Array(coded[row: 0]))
/// print(finding.outcome, finding.best?.probability ?? finding.probability)
/// ```
public struct LeverSearch: Sendable {
    /// The probability to get below.
    public let target: Double
    let features: [ColumnSchema]
    private let levers: [Lever]
    private let predictor: RowPredictor
    private let teller: ReasonTeller
    private let commons: [Common?]

    /// What at least 98 of 100 customers of training have.
    private enum Common: Sendable {
        case numbers(ClosedRange<Double>)
        /// Codes that at least 1 % have.
        case levels(Set<Double>)

        func contains(_ value: Double) -> Bool {
            switch self {
            case .numbers(let range): range.contains(value)
            case .levels(let codes): codes.contains(value)
            }
        }
    }

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - model: Scores.
    ///   - reference: Has the training rows' values.
    ///   - levers: What may be changed.
    ///   - target: The probability to get below; nil for the model's threshold.
    /// - Throws: `LeverFault` where a lever does not fit the model's schema; `FeatureError` where the model's parts do not.
    public init(
        _ model: ChurnModel,
        _ reference: DriftReference,
        levers: [Lever],
        target: Double? = nil
    ) throws {
        for lever in levers {
            guard let fault = lever.problem(in: model.schema) else { continue }
            throw LeverFault(column: lever.column, fault: fault)
        }
        if let excess = levers.excess { throw LeverFault(column: "", message: excess) }
        self.target = target ?? model.threshold
        self.levers = levers
        features = model.schema.features
        predictor = try RowPredictor(model)
        teller = ReasonTeller(model, reference)
        commons = features.map { feature in
            reference.columns.first { $0.name == feature.name }.flatMap(Self.common)
        }
    }

    private static func common(_ column: ReferenceColumn) -> Common? {
        switch column.spread {
        case .numbers(let sample, _, _):
            return sample.map { .numbers($0.quantile(0.01) ... $0.quantile(0.99)) }
        case .levels(_, let counts):
            let least = Double(counts.rows) / 100
            return .levels(
                Set(
                    counts.listed.indices.filter { Double(counts.listed[$0]) >= least }.map(
                        Double.init
                    )
                )
            )
        }
    }

    /// Looks for the best combination for a customer.
    ///
    /// The cheapest below the target; of equal cost the one with fewer changes, then with earlier columns, then with fewer
    /// steps. Where there is none below, the one with the lowest score, of equals chosen in the same order.
    ///
    /// - Parameters:
    ///   - row: The customer's coded values.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: What was found.
    /// - Complexity: O(combinations) scores.
    public func find(_ row: [Double], threads: Int = 1) -> LeverFinding {
        var present = CodedRows(width: row.count)
        present.append(row)
        let probability = Double(predictor.predict(present)[0])
        func finding(
            _ outcome: LeverFinding.Outcome,
            _ count: Int,
            _ best: LeverCombination? = nil
        ) -> LeverFinding {
            LeverFinding(
                probability: probability,
                target: target,
                combinations: count,
                outcome: outcome,
                best: best
            )
        }
        let grid = LeverGrid(levers, row, features)
        guard grid.count <= Lever.mostCombinations else {
            return finding(probability < target ? .belowAlready : .tooMany, grid.count - 1)
        }
        let blocks = (grid.count + Self.blockSize - 1) / Self.blockSize
        let parts = concurrentMap(blocks, threads: threads) { block in
            scored(
                grid,
                block * Self.blockSize ..< min((block + 1) * Self.blockSize, grid.count)
            )
        }
        let all = parts.reduce(into: Part()) { $0.add($1) }
        if probability < target { return finding(.belowAlready, all.count) }
        if let cheapest = all.cheapest {
            return finding(.reached, all.count, combination(cheapest, grid))
        }
        guard let lowest = all.lowest, lowest.probability < probability else {
            return finding(.none, all.count)
        }
        return finding(.lowest, all.count, combination(lowest, grid))
    }

    private static let blockSize = 1_024

    /// What a stretch of combinations holds.
    private struct Part: Sendable {
        var count = 0
        var cheapest: Candidate?
        var lowest: Candidate?

        mutating func add(_ other: Part) {
            count += other.count
            if let found = other.cheapest, cheapest.map({ found.isCheaper(than: $0) }) ?? true {
                cheapest = found
            }
            if let found = other.lowest, lowest.map({ found.isLower(than: $0) }) ?? true {
                lowest = found
            }
        }
    }

    private struct Candidate: Sendable {
        let probability: Double
        let cost: Double
        let options: [Int]

        private var changed: [Int] { options.indices.filter { options[$0] > 0 } }

        func isCheaper(than other: Candidate) -> Bool {
            guard cost == other.cost else { return cost < other.cost }
            let (own, others) = (changed, other.changed)
            guard own.count == others.count else { return own.count < others.count }
            guard own == others else { return own.lexicographicallyPrecedes(others) }
            return options.lexicographicallyPrecedes(other.options)
        }

        func isLower(than other: Candidate) -> Bool {
            probability == other.probability
                ? isCheaper(than: other) : probability < other.probability
        }
    }

    private func scored(_ grid: LeverGrid, _ numbers: Range<Int>) -> Part {
        var rows = CodedRows(width: grid.row.count)
        var options: [[Int]] = []
        for number in numbers where number > 0 {
            let own = grid.options(number)
            guard let row = grid.row(with: own) else { continue }
            rows.append(row)
            options.append(own)
        }
        var part = Part(count: options.count)
        guard !options.isEmpty else { return part }
        for (own, probability) in zip(options, predictor.predict(rows)) {
            var cost = 0.0
            for (axis, option) in zip(grid.axes, own) { cost += axis.costs[option] }
            let candidate = Candidate(probability: Double(probability), cost: cost, options: own)
            part.add(
                Part(
                    cheapest: candidate.probability < target ? candidate : nil,
                    lowest: candidate
                )
            )
        }
        return part
    }

    private func combination(_ candidate: Candidate, _ grid: LeverGrid) -> LeverCombination {
        LeverCombination(
            probability: candidate.probability,
            cost: candidate.cost,
            changes: zip(grid.axes, candidate.options).compactMap { axis, option in
                guard option > 0 else { return nil }
                let place = axis.place
                return LeverChange(
                    column: features[place].name,
                    from: teller.text(of: grid.row[place], at: place),
                    to: teller.text(of: axis.values[option], at: place),
                    isRare: commons[place].map { !$0.contains(axis.values[option]) } ?? false,
                    place: place,
                    coded: axis.values[option]
                )
            }
        )
    }

    /// What to warn of before any customer is looked at: levers that reach for what training hardly saw.
    ///
    /// - Returns: A sentence for each such lever, in the order of the levers.
    public var warnings: [String] {
        levers.compactMap { lever -> String? in
            guard let place = features.firstIndex(where: { $0.name == lever.column }),
                let common = commons[place]
            else { return nil }
            let reached: [Double] =
                switch lever.values {
                case .range(let minimum, let maximum, _): [minimum, maximum].compactMap(\.self)
                case .listed(let levels): levels.compactMap(features[place].coded)
                }
            let rare = reached.filter { !common.contains($0) }.map {
                teller.text(of: $0, at: place)
            }
            guard !rare.isEmpty else { return nil }
            let told = rare.joined(separator: " and ")
            switch common {
            case .numbers(let range):
                let (low, high) = (range.lowerBound, range.upperBound)
                return
                    "the lever \"\(lever.column)\" reaches \(told), outside the \(teller.text(of: low, at: place)) to"
                    + " \(teller.text(of: high, at: place)) of 98 in 100 customers of training;"
                    + " of such customers the model knows little"
            case .levels:
                return
                    "the lever \"\(lever.column)\" reaches \(told), which fewer than 1 in 100 customers of training had;"
                    + " of such customers the model knows little"
            }
        }
    }
}
