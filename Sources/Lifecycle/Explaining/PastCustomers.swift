public import Explanation
public import Output
public import Schema
import Texts

/// Knows how customers were before, and so why their scores moved since.
public protocol PastCustomers: Sendable {
    /// What is known of the search before any customer is sought.
    var start: BeforeCounts { get }

    /// Tells why the scores of some customers moved.
    ///
    /// - Parameters:
    ///   - identifiers: Of the customers.
    ///   - rows: The customers as they are, the features of the present model's schema.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: A finding for each customer.
    /// - Throws: `FeatureError` where a model reads a column as another kind; `RecordStoreError`.
    func moves(
        of identifiers: [String],
        to rows: CodedRows,
        threads: Int
    ) throws -> [MoveFinding]
}

/// What became of the search for customers as they were before.
public struct BeforeCounts: Equatable, Sendable {
    /// Customers whose scores' moves are told.
    public internal(set) var found = 0
    /// Customers of whom nothing is known from before.
    public internal(set) var missing = 0
    /// Rows of the older file whose customer comes again further down, which alone counts.
    public internal(set) var twice = 0
    /// Rows of the older file that break the schema.
    public internal(set) var rejected = 0
    /// Customers who are known from before, and why all the same nothing is told, in the order in which they came up.
    public internal(set) var untold: [Untold] = []

    /// Customers of whom for one reason nothing is told.
    public struct Untold: Equatable, Sendable {
        /// The reason.
        public let why: UntoldMove
        /// How many there are.
        public internal(set) var count = 0
        /// The first of them.
        public internal(set) var names: [String] = []
    }

    /// Nothing found yet.
    public init() {}

    /// Counts what was found of a customer.
    mutating func add(_ finding: MoveFinding, of customer: String) {
        switch finding {
        case .told: found += 1
        case .untold(.unknown), .untold(.nameless): missing += 1
        case .untold(let why):
            let place = untold.firstIndex { $0.why == why } ?? untold.count
            if place == untold.count { untold.append(Untold(why: why)) }
            untold[place].count += 1
            if untold[place].names.count < Self.named { untold[place].names.append(customer) }
        }
    }

    private static let named = 5

    /// What a person is told.
    ///
    /// - Parameter source: The older file, or the record, as it was named.
    /// - Returns: Sentences, each a line.
    public func sentences(of source: String) -> [String] {
        let known = untold.reduce(found) { $0 + $1.count }
        var parts = ["\(known) customers are in it, too", "\(missing) are not"]
        if twice > 0 { parts.append("\(twice) rows are of customers who come again below") }
        if rejected > 0 { parts.append("\(rejected) rows break the schema") }
        return ["\(source): \(parts.joined(separator: ", "))."] + untold.map(\.sentence)
    }
}

extension BeforeCounts.Untold {
    fileprivate var sentence: String {
        let more = count - names.count
        let list = names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        let remedy =
            if case .otherModel = why { " Name that model with --before-model." } else { "" }
        let whose = "\(count) customer\(count == 1 ? "" : "s") (\(list))"
        return "\(whose): \(why.sentence(.english))\(remedy)"
    }
}

/// Customers of two times can't be told to be the same.
public struct NoIdentifier: RetainError, Equatable {
    /// The identifier that the file lacks; nil where the schema has none.
    public let column: String?
    /// The file.
    public let file: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        guard let column else {
            return
                "the model's schema names no identifier, so that customers can't be found again as they were before; name"
                + " one in retain.yaml and train anew"
        }
        return
            "\(file): there is no column \(jsonString(column)), by which customers are found again; add it"
    }
}
