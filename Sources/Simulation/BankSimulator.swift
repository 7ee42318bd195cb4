import Kernels

/// Writes customers of a bank that does not exist, whose true probability of leaving is known.
///
/// Every row has its own stream of random numbers, so row *i* depends on the seed and on *i* alone:
/// blocks of any size, written by any number of threads, join to the same file.
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

    private let seed: UInt64
    private let options: Options

    /// Creates a simulator.
    ///
    /// - Parameters:
    ///   - seed: The same seed gives the same customers, whatever the options add or move.
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

    private func append(row: Int, to bytes: inout [UInt8]) {
        var generator = SeededGenerator(seed: seed, stream: Self.streams | UInt64(row))
        var customer = Population.customer(using: &generator)
        options.drift.apply(to: &customer)
        let probability = ChurnTruth.probability(customer)
        let exited = generator.uniform() < probability
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
