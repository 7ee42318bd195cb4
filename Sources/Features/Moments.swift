/// Mean and population standard deviation of a column.
struct Moments: Equatable {
    let mean: Double
    /// 1 where the column is constant but for rounding, as in scikit-learn's `StandardScaler`.
    let deviation: Double

    /// Two passes, each with the correction for the rounding of the mean: Chan, Golub and LeVeque,
    /// "Algorithms for computing the sample variance", The American Statistician 37, 1983.
    ///
    /// - Precondition: Values are finite, at least one.
    /// - Complexity: O(*n*).
    init(_ values: [Double]) {
        let count = Double(values.count)
        var sum = 0.0
        for value in values { sum += value }
        let first = sum / count
        var residual = 0.0
        var squares = 0.0
        for value in values {
            let difference = value - first
            residual += difference
            squares += difference * difference
        }
        mean = first + residual / count
        let variance = max(0, (squares - residual * residual / count) / count)
        // The rounding that a constant column of this mean could leave.
        let epsilon = Double.ulpOfOne
        let bound = count * epsilon * variance + (count * mean * epsilon) * (count * mean * epsilon)
        deviation = variance <= bound ? 1 : variance.squareRoot()
    }
}
