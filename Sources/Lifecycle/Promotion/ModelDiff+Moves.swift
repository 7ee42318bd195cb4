import ChurnModel
import Explanation
import Schema
import Tabular
import Texts
import Training

extension ModelDiff {
    /// Why a customer's score moved from one model to the other; see `ToldMove`.
    public struct Move: Codable, Equatable, Sendable {
        /// What columns add that only one model reads, or that they read otherwise.
        public let changes: [Change]
        /// What columns add together that may not be named; nil where there are none.
        public let others: Double?
        /// What the new networks and trees add.
        public let model: Double
        /// What the new calibration adds.
        public let calibration: Double
        /// The same in whole points that add up.
        public let sentence: String
    }

    /// What one column adds to a move, as probability.
    public struct Change: Codable, Equatable, Sendable {
        /// The column's name.
        public let column: String
        /// As probability.
        public let points: Double
    }

    /// Tells of everybody who enters or leaves why the score moved.
    mutating func tellMoves(
        _ first: ChurnModel,
        _ second: ChurnModel,
        on file: CustomerFile
    ) throws {
        let rows = Set((entering + leaving).map { $0.row - 1 })
        guard !rows.isEmpty else { return }
        let explainer = try MoveExplainer(from: first, to: second)
        let before = try file.coded(rows, by: first.schema)
        let after = try file.coded(rows, by: second.schema)
        func move(_ customer: Customer) throws -> Move? {
            guard let old = before[customer.row - 1], let new = after[customer.row - 1] else {
                return nil
            }
            let told = try explainer.moves(from: old, to: new)[0]
            return Move(
                changes: told.changes.map { Change(column: $0.column, points: $0.points) },
                others: told.others,
                model: told.model,
                calibration: told.calibration,
                sentence: explainer.sentence(told, count: 3, .english)
            )
        }
        for place in entering.indices { entering[place].move = try move(entering[place]) }
        for place in leaving.indices { leaving[place].move = try move(leaving[place]) }
    }
}

extension CustomerFile {
    /// The coded features of some rows, without those that break the schema.
    fileprivate func coded(_ wanted: Set<Int>, by schema: Schema) throws -> [Int: CodedRows] {
        let names = schema.features.map(\.name)
        var found: [Int: CodedRows] = [:]
        var first = 0
        for part in try decoded(schema, needsTarget: false) {
            for (place, row) in part.acceptedRows.enumerated() where wanted.contains(first + row) {
                var rows = CodedRows(width: names.count)
                rows.append([place], of: part.table, columns: names)
                found[first + row] = rows
            }
            first += part.rowCount
        }
        return found
    }
}
