private import Kernels

/// Calibration with a logistic curve over the logits: p' = 1 / (1 + exp(a · logit(p) + b)).
///
/// The signs are those of Platt's paper and of scikit-learn, so `a` is below 0 where a higher
/// probability means a higher risk; −1 and 0 change nothing.
///
/// Platt, "Probabilistic outputs for support vector machines and comparisons to regularized likelihood
/// methods", Advances in Large Margin Classifiers, 1999.
public struct PlattScaling: Equatable, Sendable {
    /// The slope.
    public let a: Double
    /// The intercept.
    public let b: Double

    package init(a: Double, b: Double) {
        precondition(a.isFinite && b.isFinite, "slope \(a), intercept \(b)")
        self.a = a
        self.b = b
    }

    /// Finds the curve with the least log loss against Platt's smoothed targets.
    ///
    /// With N₊ leavers and N₋ stayers the target of a leaver is (N₊ + 1) / (N₊ + 2) and of a stayer
    /// 1 / (N₋ + 2), as if one more row of each class had been seen; so the minimum is finite even where
    /// the classes do not overlap. It is found by Newton's method with backtracking (Lin, Lin and Weng,
    /// "A note on Platt's probabilistic outputs for support vector machines", Machine Learning 68, 2007)
    /// until steps are at rounding error. The order of rows changes no bit.
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
        let objective = SmoothedLoss(ranked)
        var point = (
            a: 0.0,
            b: Elementary.log(Double(ranked.negatives + 1) / Double(ranked.positives + 1))
        )
        var loss = objective.loss(point.a, point.b)
        for _ in 0 ..< 100 {
            let step = objective.newtonStep(point.a, point.b)
            // Near the minimum the loss differs by rounding alone; a step there may raise it by that.
            let allowed = loss + 1e-13 * loss
            var scale = 1.0
            var next = point
            var nextLoss = Double.infinity
            while scale > 1e-10 {
                next = (point.a + scale * step.a, point.b + scale * step.b)
                nextLoss = objective.loss(next.a, next.b)
                if nextLoss <= allowed { break }
                scale /= 2
            }
            guard nextLoss <= allowed else { break }
            let change = max(abs(next.a - point.a), abs(next.b - point.b))
            (point, loss) = (next, nextLoss)
            if change <= 1e-13 * max(1, abs(point.a), abs(point.b)) { break }
        }
        (a, b) = point
    }

    /// The calibrated probability; NaN for NaN.
    public func applied(to probability: Double) -> Double {
        Logit.probability(-(a * Logit.of(probability) + b))
    }
}

/// Log loss against Platt's targets, summed over rows, as a function of slope and intercept.
private struct SmoothedLoss {
    /// Shape [scores], as are the others.
    let logits: [Double]
    /// Rows with the score.
    let rows: [Double]
    /// The sum of their targets.
    let targets: [Double]

    init(_ ranked: RankedScores) {
        let positives = Double(ranked.positives)
        let leaver = (positives + 1) / (positives + 2)
        let stayer = 1 / (Double(ranked.negatives) + 2)
        logits = ranked.logits()
        rows = logits.indices.map { Double(ranked.positives(at: $0) + ranked.negatives(at: $0)) }
        targets = logits.indices.map {
            Double(ranked.positives(at: $0)) * leaver + Double(ranked.negatives(at: $0)) * stayer
        }
    }

    func loss(_ a: Double, _ b: Double) -> Double {
        var sum = 0.0
        for place in logits.indices {
            let x = a * logits[place] + b
            let softplus = max(-x, 0) + Elementary.log(1 + Elementary.exp(-abs(x)))
            sum += targets[place] * x + rows[place] * softplus
        }
        return sum
    }

    /// The step to the minimum of the quadratic that touches the loss at (a, b).
    func newtonStep(_ a: Double, _ b: Double) -> (a: Double, b: Double) {
        var gradient = (a: 0.0, b: 0.0)
        var hessian = (aa: 0.0, ab: 0.0, bb: 0.0)
        for place in logits.indices {
            let logit = logits[place]
            let probability = Logit.probability(-(a * logit + b))
            let residual = targets[place] - rows[place] * probability
            gradient.a += logit * residual
            gradient.b += residual
            let curvature = rows[place] * probability * (1 - probability)
            hessian.aa += logit * logit * curvature
            hessian.ab += logit * curvature
            hessian.bb += curvature
        }
        // Where all logits are equal the curvature is 0 in one direction; this little keeps the step out
        // of it and does not move the minimum.
        let ridge = 1e-9 * (hessian.aa + hessian.bb)
        hessian.aa += ridge
        hessian.bb += ridge
        let determinant = hessian.aa * hessian.bb - hessian.ab * hessian.ab
        guard determinant > 0 else { return (0, 0) }
        return (
            -(hessian.bb * gradient.a - hessian.ab * gradient.b) / determinant,
            -(hessian.aa * gradient.b - hessian.ab * gradient.a) / determinant
        )
    }
}

extension PlattScaling: Codable {
    private enum Key: String, CodingKey { case a, b }

    /// Reads the form that `encode(to:)` writes, and refuses numbers that are not finite.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func finite(_ key: Key) throws -> Double {
            let value = try fields.decode(Double.self, forKey: key)
            guard value.isFinite else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: fields,
                    debugDescription: "\(key.rawValue) is \(value); it must be finite"
                )
            }
            return value
        }
        a = try finite(.a)
        b = try finite(.b)
    }

    /// Writes `{"a": slope, "b": intercept}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(a, forKey: .a)
        try fields.encode(b, forKey: .b)
    }
}
