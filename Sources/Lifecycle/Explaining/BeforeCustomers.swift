public import ChurnModel
public import Explanation
public import Schema
import Tabular
public import Training

/// Customers as an older file has them, by identifier, to tell why their scores moved.
public struct BeforeCustomers: PastCustomers {
    private let explainer: MoveExplainer
    private let rows: CodedRows
    private let places: [String: Int]
    /// What is wrong with the older file.
    public let start: BeforeCounts

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
        explainer = try MoveExplainer(from: old, to: new)
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
        self.rows = rows
        self.places = places
        start = counts
    }

    /// Tells why the scores of some customers moved; see `PastCustomers`.
    ///
    /// - Throws: `FeatureError` where a model reads a column as another kind.
    public func moves(
        of identifiers: [String],
        to rows: CodedRows,
        threads: Int
    ) throws -> [MoveFinding] {
        let known = identifiers.indices.filter { places[identifiers[$0]] != nil }
        let told = try explainer.moves(
            from: self.rows.selecting(known.compactMap { places[identifiers[$0]] }),
            to: rows.selecting(known),
            threads: threads
        )
        var findings = identifiers.map { _ in MoveFinding.untold(.unknown) }
        for (place, move) in zip(known, told) {
            findings[place] = .told(move, by: explainer, since: nil)
        }
        return findings
    }
}
