import Drift
import Kernels

/// Customers of a made-up bank, as a service counts them: a number, a number that is often zero, and
/// levels.
struct LiveBank {
    /// What is different about customers.
    struct Shift {
        var years = 0.0
        var balanceFactor = 1.0
        var unseenShare = 0.0

        static let none = Self()
    }

    private static let countries = 3
    private var generator: SeededGenerator
    private let ages: QuantileBins
    private let balances: QuantileBins
    let columns: [SequentialDrift.Column]

    init(reference rows: Int, leastEffect: Double, seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        let reference = Self.customers(rows, .none, using: &generator)
        ages = try QuantileBins(OrderedSample(reference.ages, role: .reference))
        balances = try QuantileBins(OrderedSample(reference.balances, role: .reference))
        let counts = try Self.counts(reference, ages, balances)
        columns = zip(["Age", "Balance", "Country"], counts).map {
            SequentialDrift.Column(name: $0, reference: $1, leastEffect: leastEffect)
        }
    }

    /// The counts of customers, by column and category.
    mutating func traffic(_ rows: Int, _ shift: Shift = .none) throws -> [[Int]] {
        try Self.counts(Self.customers(rows, shift, using: &generator), ages, balances)
    }

    private struct Customers {
        var ages: [Double] = []
        var balances: [Double] = []
        var countries: [Int32] = []
    }

    private static func customers(
        _ rows: Int,
        _ shift: Shift,
        using generator: inout SeededGenerator
    ) -> Customers {
        var customers = Customers()
        for _ in 0 ..< rows {
            let age = 39 + 10.5 * generator.aboutNormal() + shift.years
            customers.ages.append(age.rounded(.down))
            let money = 120_000 + 30_000 * generator.aboutNormal()
            let isEmpty = generator.uniform() < 0.36
            customers.balances.append(isEmpty ? 0 : money * shift.balanceFactor)
            let isUnseen = generator.uniform() < shift.unseenShare
            customers.countries.append(isUnseen ? 7 : [0, 0, 1, 2][generator.below(4)])
        }
        return customers
    }

    /// Numbers by bin, then the missing; levels, then the unseen.
    private static func counts(
        _ customers: Customers,
        _ ages: QuantileBins,
        _ balances: QuantileBins
    ) throws -> [[Int]] {
        let levels = LevelCounts(codes: customers.countries, levels: countries)
        guard !customers.ages.isEmpty else {
            return [ages.count, balances.count, countries + 1].map {
                Array(repeating: 0, count: $0)
            }
        }
        return try [
            ages.counts(of: OrderedSample(customers.ages, role: .current)),
            balances.counts(of: OrderedSample(customers.balances, role: .current)),
            levels.listed + [levels.unseen],
        ]
    }
}

extension SeededGenerator {
    /// Irwin and Hall's stand-in for a normal number: twelve uniform ones less six.
    mutating func aboutNormal() -> Double {
        (0 ..< 12).reduce(-6) { sum, _ in sum + uniform() }
    }
}
