/// Calibration with the rising curve that fits best: whatever shape the error of the probabilities has,
/// as long as a higher one means a higher risk.
///
/// It needs about a thousand rows (Niculescu-Mizil and Caruana, "Predicting good probabilities with
/// supervised learning", ICML 2005); where it is flat it gives customers of different probabilities the
/// same one.
///
/// Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates",
/// KDD 2002. The numbers are those of scikit-learn's `IsotonicRegression(y_min=0, y_max=1,
/// out_of_bounds="clip")`.
public struct IsotonicRegression: Equatable, Sendable {
    /// Probabilities at which the curve is known, ascending, all different; shape [k], k ≥ 1.
    public let thresholds: [Double]
    /// The calibrated probability at each, never falling; shape [k].
    public let values: [Double]

    package init(thresholds: [Double], values: [Double]) {
        let problem = Self.problem(thresholds: thresholds, values: values)
        precondition(problem == nil, problem ?? "")
        self.thresholds = thresholds
        self.values = values
    }

    /// Finds the curve with the least squared error by pooling adjacent violators.
    ///
    /// Rows of one probability count as one point, their mean label weighted by their number. The order
    /// of rows changes no bit.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true is the positive class. Shape [n].
    ///   - probabilities: Of rows that the network was not trained on. Shape [n].
    /// - Throws: `EvaluationError` where the arguments do not fit or there are no rows.
    /// - Complexity: O(*n* log *n*).
    public init(labels: [Bool], probabilities: [Double]) throws(EvaluationError) {
        try EvaluationError.checkFitting(labels: labels, probabilities: probabilities)
        self.init(RankedScores(labels: labels, scores: probabilities))
    }

    /// - Precondition: There are rows.
    init(_ ranked: RankedScores) {
        var blocks: [Block] = []
        for point in Block.points(of: ranked) {
            var block = point
            while let last = blocks.last, last.isAtLeast(block) {
                block = last.pooled(with: block)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        // Between its ends a block is flat, so its ends are all that is needed.
        var thresholds: [Double] = []
        var values: [Double] = []
        for block in blocks {
            thresholds.append(block.low)
            values.append(block.mean)
            guard block.high > block.low else { continue }
            thresholds.append(block.high)
            values.append(block.mean)
        }
        self.thresholds = thresholds
        self.values = values
    }

    /// The calibrated probability, by linear interpolation between the thresholds; NaN for NaN.
    ///
    /// Below the first threshold and above the last it is theirs.
    ///
    /// - Complexity: O(log *k*).
    public func applied(to probability: Double) -> Double {
        guard !probability.isNaN else { return .nan }
        // How many thresholds are at or below the probability.
        var low = 0
        var high = thresholds.count
        while low < high {
            let middle = (low + high) / 2
            if thresholds[middle] <= probability { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return values[0] }
        guard low < thresholds.count else { return values[thresholds.count - 1] }
        let share =
            (probability - thresholds[low - 1]) / (thresholds[low] - thresholds[low - 1])
        return min(values[low], values[low - 1] + share * (values[low] - values[low - 1]))
    }
}

/// Neighbouring points that share one value; compared in whole numbers, so without rounding.
private struct Block {
    var low: Double
    var high: Double
    var positives: Int
    var rows: Int

    var mean: Double { Double(positives) / Double(rows) }

    func isAtLeast(_ other: Block) -> Bool {
        positives * other.rows >= other.positives * rows
    }

    func pooled(with next: Block) -> Block {
        Block(
            low: low,
            high: next.high,
            positives: positives + next.positives,
            rows: rows + next.rows
        )
    }

    /// One block for each distinct score, the lowest first.
    ///
    /// As in scikit-learn, scores less than 10⁻¹⁵ above the first of their block are not distinct.
    static func points(of ranked: RankedScores) -> [Block] {
        var points: [Block] = []
        for place in ranked.scores.indices.reversed() {
            let score = ranked.scores[place]
            let positives = ranked.positives(at: place)
            let rows = positives + ranked.negatives(at: place)
            if let last = points.last, score - last.low < 1e-15 {
                points[points.count - 1].positives += positives
                points[points.count - 1].rows += rows
            } else {
                points.append(Block(low: score, high: score, positives: positives, rows: rows))
            }
        }
        return points
    }
}

extension IsotonicRegression: Codable {
    private enum Key: String, CodingKey { case thresholds, values }

    /// Reads the form that `encode(to:)` writes, and refuses arrays that are no rising curve.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        thresholds = try fields.decode([Double].self, forKey: .thresholds)
        values = try fields.decode([Double].self, forKey: .values)
        if let problem = Self.problem(thresholds: thresholds, values: values) {
            throw DecodingError.dataCorruptedError(
                forKey: .thresholds,
                in: fields,
                debugDescription: problem
            )
        }
    }

    /// Writes `{"thresholds": [...], "values": [...]}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(thresholds, forKey: .thresholds)
        try fields.encode(values, forKey: .values)
    }

    private static func problem(thresholds: [Double], values: [Double]) -> String? {
        guard thresholds.count == values.count else {
            return
                "\(thresholds.count) thresholds but \(values.count) values; there must be as many"
        }
        guard !thresholds.isEmpty else {
            return "there are no thresholds; there must be at least one"
        }
        for place in thresholds.indices {
            for (name, number) in [("threshold", thresholds[place]), ("value", values[place])]
            where !(number >= 0 && number <= 1) {
                return "\(name) \(place) is \(number); it must lie from 0 to 1"
            }
            guard place > 0 else { continue }
            guard thresholds[place] > thresholds[place - 1] else {
                return "threshold \(place) is not above the one before it; they must ascend"
            }
            guard values[place] >= values[place - 1] else {
                return "value \(place) is below the one before it; values must not fall"
            }
        }
        return nil
    }
}
