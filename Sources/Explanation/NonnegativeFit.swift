/// Least squares with weights that are never negative and add up to 1.
///
/// Lawson and Hanson, "Solving least squares problems", 1974, chapter 23: the column that lowers the error fastest is taken
/// in, the rest is solved anew, and what turns negative goes out.
package struct NonnegativeFit {
    /// Products of columns, shape [n, n], and of columns and target, shape [n].
    private let products: [Double]
    private let aims: [Double]
    private let count: Int

    /// Takes a problem: min ‖Σ w_c column_c − target‖².
    ///
    /// - Parameters:
    ///   - columns: Shape [n, equations].
    ///   - target: Shape [equations].
    /// - Complexity: O(n² · equations).
    package init(columns: [[Double]], target: [Double]) {
        count = columns.count
        // An equation that says Σ w = 1, and so much heavier than the others that it holds.
        let heavy = 1e4 * Double(target.count)
        var products = [Double](repeating: 0, count: count * count)
        for one in 0 ..< count {
            for other in 0 ... one {
                let product = Self.dot(columns[one], columns[other]) + heavy
                products[one * count + other] = product
                products[other * count + one] = product
            }
        }
        self.products = products
        aims = columns.map { Self.dot($0, target) + heavy }
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        let (one, other) = (one.span, other.span)
        var sums = SIMD4<Double>.zero
        var place = 0
        while place + 4 <= one.count {
            let left = SIMD4(one[place], one[place + 1], one[place + 2], one[place + 3])
            let right = SIMD4(other[place], other[place + 1], other[place + 2], other[place + 3])
            sums += left * right
            place += 4
        }
        var sum = (sums.x + sums.y) + (sums.z + sums.w)
        while place < one.count {
            sum += one[place] * other[place]
            place += 1
        }
        return sum
    }

    /// The weights.
    ///
    /// - Parameter most: Weights above 0, at most.
    /// - Returns: Shape [n], with sum 1.
    /// - Complexity: O(most⁴ + most · n · most).
    package func weights(most: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: count)
        var active: [Int] = []
        // Rounding could let a column go in and out for ever.
        for _ in 0 ..< 10 * count where active.count < most {
            guard let next = steepest(weights, active) else { break }
            active.append(next)
            while true {
                guard let solution = solution(active) else {
                    active.removeLast()
                    break
                }
                guard let step = step(from: weights, to: solution, active) else {
                    for (place, column) in active.enumerated() { weights[column] = solution[place] }
                    break
                }
                for (place, column) in active.enumerated() {
                    weights[column] += step * (solution[place] - weights[column])
                }
                let out = active.filter { weights[$0] <= 1e-12 }
                for column in out { weights[column] = 0 }
                active.removeAll { out.contains($0) }
            }
        }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The column whose weight would lower the error fastest; nil where none would.
    private func steepest(_ weights: [Double], _ active: [Int]) -> Int? {
        var best: (column: Int, slope: Double)?
        let isActive = Set(active)
        for column in 0 ..< count where !isActive.contains(column) {
            var slope = aims[column]
            for other in active { slope -= products[column * count + other] * weights[other] }
            if slope > best?.slope ?? 1e-9 { best = (column, slope) }
        }
        return best?.column
    }

    /// How far one can go until a weight is 0; nil where all stay above.
    private func step(from weights: [Double], to solution: [Double], _ active: [Int]) -> Double? {
        var least: Double?
        for (place, column) in active.enumerated() where solution[place] <= 0 {
            let step = weights[column] / (weights[column] - solution[place])
            least = min(least ?? 1, step)
        }
        return least
    }

    /// The weights of some columns alone, of any sign, by Cholesky's factors; nil where they are not independent.
    private func solution(_ active: [Int]) -> [Double]? {
        let size = active.count
        var factor = [Double](repeating: 0, count: size * size)
        var values = active.map { aims[$0] }
        for row in 0 ..< size {
            for column in 0 ... row {
                var sum = products[active[row] * count + active[column]]
                for place in 0 ..< column {
                    sum -= factor[row * size + place] * factor[column * size + place]
                }
                if row == column {
                    guard sum > 1e-10 * products[active[row] * count + active[row]] * 1e-4 else {
                        return nil
                    }
                    factor[row * size + row] = sum.squareRoot()
                } else {
                    factor[row * size + column] = sum / factor[column * size + column]
                }
            }
        }
        for row in 0 ..< size {
            for place in 0 ..< row { values[row] -= factor[row * size + place] * values[place] }
            values[row] /= factor[row * size + row]
        }
        for row in (0 ..< size).reversed() {
            for place in row + 1 ..< size {
                values[row] -= factor[place * size + row] * values[place]
            }
            values[row] /= factor[row * size + row]
        }
        return values
    }
}
