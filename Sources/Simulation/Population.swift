import Kernels

/// The joint distribution of the features, fitted by summaries (shares, means, quantiles) of a
/// public file of 10,000 bank customers.
enum Population {
    /// Draws one customer.
    ///
    /// The order of the draws is part of the format: another order gives other customers for the
    /// same seed.
    static func customer(using generator: inout SeededGenerator) -> Customer {
        let age = age.value(at: generator.uniform()).rounded(.down)
        let country = country(generator.uniform(), age: age)
        let isFemale = generator.uniform() < femaleShare[country.rawValue]
        let isActive = generator.uniform() < activeByAge.value(at: age)
        let hasBalance = generator.uniform() < (country == .germany ? 1 : 0.517)
        let products = products(
            generator.uniform(),
            country: country,
            hasBalance: hasBalance,
            age: age
        )
        let spread = country == .germany ? 27_000.0 : 31_900
        let balance = hasBalance ? max(3_000, 119_800 + spread * generator.normal()) : 0

        var customer = Customer(
            surname: Surnames.index(generator.uniform()),
            country: country,
            isFemale: isFemale,
            hasCreditCard: generator.uniform() < 0.7055,
            isActive: isActive,
            card: generator.below(4),
            numbers: .zero
        )
        customer[.creditScore] = creditScore.value(at: generator.uniform()).rounded(.down)
        customer[.age] = age
        customer[.tenure] = tenure(generator.uniform())
        customer[.balance] = balance
        customer[.products] = products
        customer[.salary] = 11.58 + 199_980 * generator.uniform()
        customer[.satisfaction] = Double(1 + generator.below(5))
        customer[.points] = Double(218 + generator.below(783))
        return customer
    }

    /// Age in years: the inverse of the cumulative distribution.
    private static let age = Polyline(
        x: [
            0, 0.0049, 0.0142, 0.0457, 0.102, 0.1641, 0.279, 0.4153, 0.5987, 0.7403, 0.829, 0.8858,
            0.92, 0.9474, 0.9718, 0.9849, 0.9946, 0.9985, 0.9996, 1,
        ],
        y: [18, 20, 22, 25, 28, 30, 33, 36, 40, 44, 48, 52, 56, 60, 65, 70, 75, 80, 85, 93]
    )

    /// The inverse of the cumulative distribution; one in 43 has the best score.
    private static let creditScore = Polyline(
        x: [0, 0.001, 0.0021, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.9767, 1],
        y: [350, 367, 405, 432, 489, 521, 584, 652, 718, 778, 812, 850, 850]
    )

    private static func country(_ u: Double, age: Double) -> Country {
        let german = germanByAge.value(at: age)
        if u < german { return .germany }
        return u < german + (1 - german) * 0.669 ? .france : .spain
    }

    private static let germanByAge = Polyline(
        x: [23, 33, 38, 43, 48, 53, 58, 63, 80],
        y: [0.231, 0.227, 0.234, 0.284, 0.304, 0.311, 0.292, 0.246, 0.238]
    )

    private static let femaleShare = [0.451, 0.4755, 0.4396]

    /// Old customers who are still there are nearly all active.
    private static let activeByAge = Polyline(
        x: [18, 25, 37, 47, 52, 57, 62, 67, 72, 80],
        y: [0.54, 0.51, 0.49, 0.46, 0.52, 0.63, 0.7, 0.84, 0.89, 0.96]
    )

    /// 1 to 4 products: two go with an empty account, one with a full one; pairs are rarest and more
    /// than two most frequent at about 53 years.
    private static func products(
        _ u: Double,
        country: Country,
        hasBalance: Bool,
        age: Double
    ) -> Double {
        let shares =
            if country == .germany {
                germanProducts
            } else {
                hasBalance ? productsWithBalance : productsWithoutBalance
            }
        let one = shares[0]
        let two = shares[1] * pairsByAge.value(at: age)
        let three = shares[2] * triplesByAge.value(at: age)
        let four = shares[3] * quadruplesByAge.value(at: age)
        let threshold = u * (one + two + three + four)
        if threshold < one { return 1 }
        if threshold < one + two { return 2 }
        return threshold < one + two + three ? 3 : 4
    }

    private static let germanProducts: SIMD4<Double> = [0.5377, 0.4145, 0.0383, 0.0096]
    private static let productsWithBalance: SIMD4<Double> = [0.7305, 0.2452, 0.0186, 0.0057]
    private static let productsWithoutBalance: SIMD4<Double> = [0.2502, 0.7188, 0.0271, 0.0039]

    private static let pairsByAge = Polyline(
        x: [28, 33, 38, 43, 48, 53, 58, 63, 68, 75],
        y: [1.25, 1.11, 1.1, 0.95, 0.69, 0.45, 0.64, 0.73, 0.93, 1.05]
    )
    private static let triplesByAge = Polyline(
        x: [28, 33, 38, 43, 48, 53, 58, 63, 68, 75],
        y: [0.6, 0.5, 0.82, 1.45, 1.45, 1.8, 1.8, 1.6, 1.3, 0.6]
    )
    private static let quadruplesByAge = Polyline(
        x: [23, 28, 33, 38, 43, 48, 58, 63, 75],
        y: [0.05, 0.2, 0.5, 0.7, 1.65, 2.1, 2.2, 1.2, 0.3]
    )

    /// Whole years 0 to 10; the first and the last are half as frequent as the others.
    private static func tenure(_ u: Double) -> Double {
        (u * 9.9 + 0.6).rounded(.down)
    }
}

/// A function that is linear between knots and constant outside.
struct Polyline {
    /// The knots' places, ascending.
    let x: [Double]
    /// The values at the knots.
    let y: [Double]

    func value(at place: Double) -> Double {
        guard place > x[0] else { return y[0] }
        var upper = 1
        while upper < x.count, x[upper] < place { upper += 1 }
        guard upper < x.count else { return y[x.count - 1] }
        let fraction = (place - x[upper - 1]) / (x[upper] - x[upper - 1])
        return y[upper - 1] + fraction * (y[upper] - y[upper - 1])
    }
}

extension SeededGenerator {
    /// A number from the standard normal distribution.
    ///
    /// The polar method: Marsaglia and Bray, "A convenient method for generating normal variables",
    /// SIAM Review 6, 1964; the second number of each pair is not used.
    mutating func normal() -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            return x * (-2 * Elementary.log(square) / square).squareRoot()
        }
    }
}

/// One simulated customer before the row is written.
///
/// The numeric columns stand side by side in one vector, so that drift is one multiplication and one
/// addition; a value is always a whole number of hundredths, as it is written.
struct Customer {
    var surname: Int
    var country: Country
    var isFemale: Bool
    var hasCreditCard: Bool
    var isActive: Bool
    var card: Int
    var numbers: SIMD8<Double>

    subscript(column: NumericColumn) -> Double {
        get { numbers[column.rawValue] }
        set { numbers[column.rawValue] = newValue }
    }
}

enum Country: Int {
    case france, germany, spain
}

/// The columns that drift can shift or scale, in the order of the file.
enum NumericColumn: Int, CaseIterable {
    case creditScore, age, tenure, balance, products, salary, satisfaction, points

    var name: String {
        switch self {
        case .creditScore: "CreditScore"
        case .age: "Age"
        case .tenure: "Tenure"
        case .balance: "Balance"
        case .products: "NumOfProducts"
        case .salary: "EstimatedSalary"
        case .satisfaction: "Satisfaction Score"
        case .points: "Point Earned"
        }
    }
}

/// Invented surnames: three syllables from tables, some far more frequent than others.
enum Surnames {
    /// Number of different names.
    static let count = first.count * middle.count * last.count

    /// The place of a name, for `u` uniform in `[0, 1)`.
    ///
    /// The power makes early places frequent, so that 10,000 customers share about 2,900 names.
    static func index(_ u: Double) -> Int {
        Int(Double(count) * u * u.squareRoot())
    }

    /// Writes the name at a place.
    ///
    /// - Precondition: `0 <= index < count`.
    static func append(_ index: Int, to bytes: inout [UInt8]) {
        // Neighbouring places get unlike names; 1,009 shares no divisor with the count.
        let scattered = index * 1_009 % count
        bytes.append(contentsOf: first[scattered % first.count])
        bytes.append(contentsOf: middle[scattered / first.count % middle.count])
        bytes.append(contentsOf: last[scattered / (first.count * middle.count)])
    }

    private static let first = syllables(
        "Al Ber Car Dor El Fen Gar Hal Is Jor Kal Lin Mor Nor Os Per Ros Sal Tor Wil"
    )
    private static let middle = syllables("a be da e ga i la mo ne o")
    private static let last = syllables(
        "bach bert ck den din ford ghi lli man nez nson rd rini rov ssen tt"
    )

    private static func syllables(_ text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { Array($0) }
    }
}
