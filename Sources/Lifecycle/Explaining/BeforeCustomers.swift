public import ChurnModel
public import Explanation
public import Output
import Schema
import Tabular
public import Training

/// Customers as they were before, by identifier, to tell why their scores moved.
public struct BeforeCustomers: Sendable {
    /// Tells what may be told.
    public let teller: MoveTeller
    private let moves: ScoreMoves
    private let now: Schema
    private let rows: CodedRows
    private let places: [String: Int]
    private let counts: BeforeCounts

    /// Reads customers as they were.
    ///
    /// - Parameters:
    ///   - file: Of that time.
    ///   - old: The model that scored them then.
    ///   - new: The model that scores them now.
    /// - Throws: `NoIdentifier` where customers can't be told apart; `ColumnMismatch`, `FeatureError`.
    /// - Complexity: O(fields), in memory too.
    public init(_ file: CustomerFile, _ old: ChurnModel, now new: ChurnModel) throws {
        guard let name = new.schema.identifier else { throw NoIdentifier(column: nil, file: "") }
        guard let names = file.texts(name) else {
            throw NoIdentifier(column: name, file: file.source)
        }
        moves = try ScoreMoves(from: old, to: new)
        teller = MoveTeller(moves, new)
        now = new.schema
        let features = old.schema.features.map(\.name)
        var rows = CodedRows(width: features.count)
        var places: [String: Int] = [:]
        var counts = BeforeCounts()
        var first = 0
        for part in try file.decoded(old.schema, needsTarget: false) {
            for row in part.acceptedRows {
                // The last of several is the newest in a file that grows.
                if places.updateValue(places.count + counts.twice, forKey: names[first + row])
                    != nil
                {
                    counts.twice += 1
                }
            }
            rows.append(Array(0 ..< part.acceptedRows.count), of: part.table, columns: features)
            counts.rejected += part.rejectedRows.count
            first += part.rowCount
        }
        self.rows = try moves.coded(rows, of: old.schema)
        self.places = places
        self.counts = counts
    }

    /// Nothing found yet.
    var start: BeforeCounts { counts }

    /// Why a customer's score moved.
    ///
    /// - Parameters:
    ///   - identifier: Of the customer.
    ///   - row: The coded values as they are, of the new model's features.
    ///   - counts: Takes whether there was one.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: Nil where the older file has no such customer.
    /// - Throws: `FeatureError` where a model reads a column as another kind.
    func move(
        of identifier: String,
        to row: [Double],
        _ counts: inout BeforeCounts?,
        threads: Int
    ) throws -> ToldMove? {
        guard let place = places[identifier] else {
            counts?.missing += 1
            return nil
        }
        counts?.found += 1
        let after = try moves.coded(CodedRows(width: row.count, values: row), of: now)
        let before = rows.selecting([place])
        let move = moves.moves(from: before, to: after, threads: threads)[0]
        return teller.told(move, from: Array(before[row: 0]), to: Array(after[row: 0]))
    }
}

/// What became of the search for customers as they were before.
public struct BeforeCounts: Equatable, Sendable {
    /// Customers who are in both files.
    public var found = 0
    /// Customers whom the older file lacks.
    public var missing = 0
    /// Rows of the older file whose customer comes again further down, which alone counts.
    public var twice = 0
    /// Rows of the older file that break the schema.
    public var rejected = 0

    /// Nothing found yet.
    public init() {}

    /// What a person is told.
    ///
    /// - Parameter file: The older file as it was named.
    /// - Returns: One sentence.
    public func sentence(of file: String) -> String {
        var parts = ["\(found) customers are in it, too", "\(missing) are not"]
        if twice > 0 { parts.append("\(twice) rows are of customers who come again below") }
        if rejected > 0 { parts.append("\(rejected) rows break the schema") }
        return "\(file): \(parts.joined(separator: ", "))."
    }
}

/// Customers of two files can't be told to be the same.
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
                "--before: the model's schema names no identifier, so that customers of two files can't be told to be the"
                + " same; name one in retain.yaml and train anew"
        }
        return
            "\(file): there is no column \(jsonString(column)), by which customers are found again; add it"
    }
}
