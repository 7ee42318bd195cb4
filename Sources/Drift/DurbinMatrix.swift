/// The exact chance of a small one-sample statistic, as a power of a matrix: Durbin's, by Marsaglia,
/// Tsang and Wang, "Evaluating Kolmogorov's distribution", Journal of Statistical Software 8, 2003.
struct DurbinMatrix {
    private let rows: Int
    /// The distance in steps of 1 / n, rounded up.
    private let steps: Int
    /// Shape [2 · steps − 1, 2 · steps − 1], row by row.
    private let start: ScaledMatrix

    init(rows: Int, distance: Double) {
        self.rows = rows
        let scaled = Double(rows) * distance
        steps = Int(scaled.rounded(.up))
        let rest = Double(steps) - scaled
        let size = 2 * steps - 1
        var matrix = ScaledMatrix(size: size)
        var inverseFactorials = [1.0]
        for step in 1 ... size {
            inverseFactorials.append(inverseFactorials[step - 1] / Double(step))
        }
        for row in 0 ..< size {
            for column in 1 ..< max(2, size) where column <= row + 1 && column < size {
                matrix[row, column] = inverseFactorials[row - column + 1]
            }
        }
        var power = 1.0
        for row in 0 ..< size {
            power *= rest
            let edge = (1 - power) * inverseFactorials[row + 1]
            matrix[row, 0] = edge
            matrix[size - 1, size - 1 - row] = edge
        }
        var corner = 1 - 2 * power
        if rest > 0.5 {
            var excess = 1.0
            for _ in 0 ..< size { excess *= 2 * rest - 1 }
            corner += excess
        }
        matrix[size - 1, 0] = corner * inverseFactorials[size]
        start = matrix
    }

    /// The chance of a statistic of at most the distance.
    ///
    /// - Complexity: O(*k*³ log *n*) with *k* the distance times n.
    func chance() -> Double {
        var result = ScaledMatrix(identity: start.size)
        var square = start
        var left = rows
        while left > 0 {
            if left & 1 == 1 { result = result * square }
            left >>= 1
            if left > 0 { square = square * square }
        }
        var value = result[steps - 1, steps - 1]
        var exponent = result.exponent
        // n! / nⁿ
        for row in 1 ... rows {
            value *= Double(row) / Double(rows)
            if value < 0x1p-128 {
                value *= 0x1p128
                exponent -= 128
            }
        }
        return Double(sign: .plus, exponent: exponent, significand: value)
    }
}

/// A square matrix times a power of 2, so that powers of it do not overflow.
private struct ScaledMatrix {
    let size: Int
    private(set) var exponent = 0
    private var elements: [Double]

    init(size: Int) {
        self.size = size
        elements = [Double](repeating: 0, count: size * size)
    }

    init(identity size: Int) {
        self.init(size: size)
        for place in 0 ..< size { self[place, place] = 1 }
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * size + column] }
        set { elements[row * size + column] = newValue }
    }

    static func * (one: ScaledMatrix, other: ScaledMatrix) -> ScaledMatrix {
        let size = one.size
        var product = ScaledMatrix(size: size)
        for row in 0 ..< size {
            for inner in 0 ..< size {
                let factor = one.elements[row * size + inner]
                for column in 0 ..< size {
                    product.elements[row * size + column] +=
                        factor * other.elements[inner * size + column]
                }
            }
        }
        product.exponent = one.exponent + other.exponent
        if product[size / 2, size / 2] > 0x1p128 {
            for place in product.elements.indices { product.elements[place] *= 0x1p-128 }
            product.exponent += 128
        }
        return product
    }
}
