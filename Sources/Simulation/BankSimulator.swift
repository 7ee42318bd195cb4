import Kernels

/// Writes customers of a bank that does not exist, whose true probability of leaving is known.
///
/// Every row has its own stream of random numbers, so row *i* depends on the seed and on *i* alone:
/// blocks of any size, written by any number of threads, join to the same file.
///
/// ```swift
/// let bank = BankSimulator(seed: 42)
/// let csv = bank.header + bank.csv(rows: 0 ..< 10_000)
/// ```
public struct BankSimulator: Sendable {
    /// What the file holds beside the features and the target.
    public struct Options: Sendable, Equatable {
        /// Adds `Complain`, a leak: it differs from the target in about 14 of 10,000 rows.
        public var complain: Bool
        /// Adds `TrueProbability` as the last column: the probability from which `Exited` was drawn.
        public var trueProbability: Bool
        /// How the features differ from the reference.
        public var drift: SimulatedDrift

        /// Creates options; by default neither column and no drift.
        public init(
            complain: Bool = false,
            trueProbability: Bool = false,
            drift: SimulatedDrift = SimulatedDrift()
        ) {
            self.complain = complain
            self.trueProbability = trueProbability
            self.drift = drift
        }
    }

    /// The name of the yes/no column: 1 means that the customer left.
    public static let target = "Exited"

    let seed: UInt64
    private let options: Options

    /// Creates a simulator.
    ///
    /// - Parameters:
    ///   - seed: Random seed; the same one gives the same customers, whatever the options add or move.
    ///   - options: Columns to add and drift.
    public init(seed: UInt64, options: Options = Options()) {
        self.seed = seed
        self.options = options
    }

    /// The names of the columns, in the order of the file.
    public var columns: [String] {
        var names = [
            "RowNumber", "CustomerId", "Surname", "CreditScore", "Geography", "Gender", "Age",
            "Tenure", "Balance", "NumOfProducts", "HasCrCard", "IsActiveMember", "EstimatedSalary",
            Self.target,
        ]
        if options.complain { names.append("Complain") }
        names += ["Satisfaction Score", "Card Type", "Point Earned"]
        if options.trueProbability { names.append("TrueProbability") }
        return names
    }

    /// The header line of the CSV file, newline included.
    public var header: [UInt8] {
        Array((columns.joined(separator: ",") + "\n").utf8)
    }

    /// Rows of the CSV file, each with its newline; row 0 is the first after the header.
    ///
    /// - Precondition: `rows` starts at 0 or later.
    /// - Complexity: O(`rows.count`), about 110 bytes a row.
    public func csv(rows: Range<Int>) -> [UInt8] {
        precondition(rows.lowerBound >= 0, "csv: rows start at 0, got \(rows)")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 128)
        for row in rows { append(row: row, to: &bytes) }
        return bytes
    }

    /// A customer, the probability of leaving, and whether it leaves; the generator stands behind these draws.
    private func draw(
        row: Int,
        using generator: inout SeededGenerator
    ) -> (customer: Customer, probability: Double, exited: Bool) {
        generator = SeededGenerator(seed: seed, stream: Self.streams | UInt64(row))
        var customer = Population.customer(using: &generator)
        options.drift.apply(to: &customer)
        let probability = ChurnTruth.probability(customer)
        return (customer, probability, generator.uniform() < probability)
    }

    /// Whether the customer of a row leaves, as its target says.
    ///
    /// - Precondition: `row` is 0 or more.
    public func leaves(row: Int) -> Bool {
        var generator = SeededGenerator(seed: seed)
        return draw(row: row, using: &generator).exited
    }

    /// The rows of some customers among the first `count`; those that are none of them are left out.
    ///
    /// - Complexity: O(`count`).
    public func rows(of identifiers: some Sequence<String>, among count: Int) -> [String: Int] {
        let wanted = Set(identifiers.compactMap { Int($0) })
        var found: [String: Int] = [:]
        for row in 0 ..< count where wanted.contains(identifier(row)) {
            found[String(identifier(row))] = row
        }
        return found
    }

    private func append(row: Int, to bytes: inout [UInt8]) {
        var generator = SeededGenerator(seed: seed)
        let (customer, probability, exited) = draw(row: row, using: &generator)
        // Drawn last: the other columns are the same with and without it.
        let slip = generator.uniform() < (exited ? 0.00196 : 0.00126)

        bytes.append(integer: row + 1)
        bytes.append(comma, integer: identifier(row))
        bytes.append(comma)
        Surnames.append(customer.surname, to: &bytes)
        bytes.append(comma, decimal: customer[.creditScore])
        bytes.append(comma, text: Self.countries[customer.country.rawValue])
        bytes.append(comma, text: Self.genders[customer.isFemale ? 0 : 1])
        bytes.append(comma, decimal: customer[.age])
        bytes.append(comma, decimal: customer[.tenure])
        bytes.append(comma, decimal: customer[.balance])
        bytes.append(comma, decimal: customer[.products])
        bytes.append(comma, flag: customer.hasCreditCard)
        bytes.append(comma, flag: customer.isActive)
        bytes.append(comma, decimal: customer[.salary])
        bytes.append(comma, flag: exited)
        if options.complain { bytes.append(comma, flag: exited != slip) }
        bytes.append(comma, decimal: customer[.satisfaction])
        bytes.append(comma, text: Self.cards[customer.card])
        bytes.append(comma, decimal: customer[.points])
        if options.trueProbability { bytes.append(comma, probability: probability) }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Eight digits, different for every row.
    ///
    /// A walk through all 90 million such numbers with a step that shares no divisor with their
    /// count. Rows beyond that get longer numbers.
    private func identifier(_ row: Int) -> Int {
        let numbers = 90_000_000
        let (lap, place) = row.quotientAndRemainder(dividingBy: numbers)
        let start = Int(seed % UInt64(numbers))
        return 10_000_000 + lap * numbers + (start + place * 55_623_041) % numbers
    }

    /// Keeps the simulator's streams apart from those that other purposes take from the same seed.
    private static let streams: UInt64 = 0x5349_4d00 << 32

    private static let countries = ["France", "Germany", "Spain"].map { Array($0.utf8) }
    private static let genders = ["Female", "Male"].map { Array($0.utf8) }
    private static let cards = ["DIAMOND", "GOLD", "PLATINUM", "SILVER"].map { Array($0.utf8) }
}

private let comma = UInt8(ascii: ",")

extension [UInt8] {
    mutating func append(_ separator: UInt8, text: [UInt8]) {
        append(separator)
        append(contentsOf: text)
    }

    mutating func append(_ separator: UInt8, flag: Bool) {
        append(separator)
        append(flag ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    }

    mutating func append(_ separator: UInt8, integer: Int) {
        append(separator)
        append(integer: integer)
    }

    /// Writes a whole number of hundredths without needless zeros: `83807.86`, `159660.8`, `0`.
    mutating func append(_ separator: UInt8, decimal value: Double) {
        append(separator)
        let hundredths = Int((value * 100).rounded(.toNearestOrEven))
        if hundredths < 0 { append(UInt8(ascii: "-")) }
        let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        append(integer: Int(whole))
        guard part > 0 else { return }
        append(UInt8(ascii: "."))
        append(digit: part / 10)
        if part % 10 > 0 { append(digit: part % 10) }
    }

    /// Writes a number in 0...1 with nine digits after the point.
    mutating func append(_ separator: UInt8, probability: Double) {
        append(separator)
        let billionths = UInt((probability * 1_000_000_000).rounded(.toNearestOrEven))
        append(digit: billionths / 1_000_000_000)
        append(UInt8(ascii: "."))
        var place: UInt = 100_000_000
        while place > 0 {
            append(digit: billionths / place % 10)
            place /= 10
        }
    }

    /// - Precondition: `integer >= 0`.
    mutating func append(integer: Int) {
        // A division by a constant is a multiplication; by a variable it would be ten times slower.
        if integer >= 10 { append(integer: integer / 10) }
        append(digit: UInt(integer % 10))
    }

    private mutating func append(digit: UInt) {
        append(UInt8(ascii: "0") + UInt8(digit))
    }
}
