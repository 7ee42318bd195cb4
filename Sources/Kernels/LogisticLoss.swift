/// Binary cross-entropy on logits: writes the derivative over the logits and returns the loss.
///
/// For logit z, label y and weight w: loss = w (max(z, 0) - z y + log(1 + e^-|z|)), derivative =
/// w (σ(z) - y) · `scale`.
///
/// - Parameters:
///   - workspace: Holds the three blocks; the logits' block receives the derivative.
///   - logits: Block of shape [1, lanes].
///   - labels: Block of shape [1, lanes], 0 or 1.
///   - weights: Block of shape [1, lanes]; 0 in lanes beyond the batch.
///   - scale: Factor on the derivative, usually 1 / batch size.
/// - Returns: The summed loss, and how many rows of positive weight have the logit on the right side of 0.
/// - Complexity: O(lanes).
public func logisticLoss(
    workspace: inout [Float],
    logits: Block,
    labels: Block,
    weights: Block,
    scale: Float
) -> (loss: Float, correct: Float) {
    precondition(
        [logits, labels, weights].allSatisfy {
            $0.units == 1 && $0.lanes == logits.lanes && $0.offset >= 0 && $0.end <= workspace.count
        },
        "block out of workspace or of another shape"
    )
    var loss = Lanes.zero
    var correct = Lanes.zero
    unsafe workspace.withUnsafeMutableBufferPointer { workspace in
        guard let w = workspace.baseAddress else { return }
        var lane = 0
        while lane < logits.lanes {
            let z = unsafe w.lanes(logits.offset + lane)
            let y = unsafe w.lanes(labels.offset + lane)
            let weight = unsafe w.lanes(weights.offset + lane)
            let magnitude = z.replacing(with: -z, where: z .< 0)
            let u = Elementary.exp(-magnitude)
            let positive = z.replacing(with: 0, where: z .< 0)
            loss.addProduct(weight, (positive - z * y) + Elementary.log(1 + u))
            // σ(z) = 1 / (1 + e^-z) for z ≥ 0, else e^z / (1 + e^z): never overflows.
            let sigmoid = Lanes(repeating: 1).replacing(with: u, where: z .< 0) / (1 + u)
            unsafe w.store((sigmoid - y) * weight * scale, logits.offset + lane)
            let predicted = Lanes.zero.replacing(with: 1, where: z .> 0)
            correct += Lanes(repeating: 1)
                .replacing(with: 0, where: (predicted .!= y) .| (weight .<= 0))
            lane += 8
        }
    }
    return (loss.orderedSum, correct.orderedSum)
}

/// Adds the probabilities σ(z) of a block's logits to sums in double precision.
///
/// Of a positive logit σ(−z) is taken from 1: single precision could not tell how far below 1 the probability is, and
/// log-odds, in which a model's members are joined, live on that.
///
/// - Parameters:
///   - workspace: Holds the block.
///   - logits: Block of shape [1, lanes].
///   - sums: Receives the probabilities.
///   - start: Where the first lane's sum is.
/// - Complexity: O(lanes).
public func addSigmoid(
    workspace: [Float],
    logits: Block,
    to sums: inout [Double],
    at start: Int
) {
    precondition(
        logits.units == 1 && logits.offset >= 0 && logits.end <= workspace.count && start >= 0
            && start + logits.lanes <= sums.count,
        "block out of workspace or of sums"
    )
    unsafe workspace.withUnsafeBufferPointer { workspace in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
            guard let w = workspace.baseAddress, let first = sums.baseAddress else { return }
            for lane in stride(from: 0, to: logits.lanes, by: 8) {
                let z = unsafe w.lanes(logits.offset + lane)
                let isPositive = z .> 0
                let rarer = SIMD8<Double>(
                    Elementary.sigmoid(z.replacing(with: -z, where: isPositive))
                )
                let ones = SIMD8<Double>(Lanes.zero.replacing(with: 1, where: isPositive))
                let place = unsafe UnsafeMutableRawPointer(first + start + lane)
                let sum = unsafe place.loadUnaligned(as: SIMD8<Double>.self)
                // 1 − rarer, or rarer alone, without a rounding more.
                let probability = ones + rarer * (1 - 2 * ones)
                unsafe place.storeBytes(of: sum + probability, as: SIMD8<Double>.self)
            }
        }
    }
}
