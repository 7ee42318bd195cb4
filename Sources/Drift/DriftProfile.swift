public import Schema
public import Tabular

/// The distribution of every feature, and of the predicted probability, over any number of rows in constant
/// memory.
///
/// The same rows, added and merged in the same order, give the same profile on any number of threads.
public struct DriftProfile: Equatable, Sendable {
    /// Number of rows.
    public private(set) var rowCount = 0
    /// One for each feature, in the order of the schema.
    public private(set) var columns: [ColumnProfile]
    /// Predicted probabilities; empty where no model was asked.
    public private(set) var scores: QuantileSketch

    /// A profile without rows.
    ///
    /// - Parameters:
    ///   - schema: Which columns are features, and their levels.
    ///   - capacity: How many distinct numbers of a column are kept exactly.
    public init(_ schema: Schema, capacity: Int = QuantileSketch.usualCapacity) {
        columns = schema.givenFeatures.map { ColumnProfile($0, capacity: capacity) }
        scores = QuantileSketch(capacity: capacity)
    }

    /// Adds rows.
    ///
    /// - Parameters:
    ///   - table: Decoded by the schema: has each feature, of the schema's type.
    ///   - scores: Predicted probabilities; of all rows, of some, or none.
    /// - Complexity: O(rows · columns).
    public mutating func add(_ table: Table, scores: [Float] = []) {
        rowCount += table.rowCount
        for index in columns.indices {
            guard let column = table[columns[index].name] else {
                preconditionFailure("the table lacks \"\(columns[index].name)\"")
            }
            columns[index].add(column)
        }
        self.scores.insert(scores.map(Double.init))
    }

    /// Adds the rows of another profile.
    ///
    /// - Precondition: Both are of one schema and one capacity.
    public mutating func merge(_ other: DriftProfile) {
        precondition(
            columns.map(\.name) == other.columns.map(\.name),
            "profiles of different schemas"
        )
        rowCount += other.rowCount
        for index in columns.indices { columns[index].merge(other.columns[index]) }
        scores.merge(other.scores)
    }
}

/// The distribution of one feature.
public struct ColumnProfile: Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// How the rows are spread.
    public private(set) var spread: Spread

    /// Rows by value.
    public enum Spread: Equatable, Sendable {
        /// Of numbers, how many rows have none, and whether all are whole.
        case numbers(QuantileSketch, missing: Int, areWhole: Bool)
        /// Of levels and booleans, in the order of the schema.
        case levels([String], LevelCounts)
    }

    fileprivate init(_ column: ColumnSchema, capacity: Int) {
        name = column.name
        spread =
            column.type.coding?.levels.map { .levels($0, LevelCounts(listed: $0.map { _ in 0 })) }
            ?? .numbers(QuantileSketch(capacity: capacity), missing: 0, areWhole: true)
    }

    fileprivate mutating func add(_ column: Column) {
        switch (spread, column) {
        case (.numbers(var sketch, let missing, let areWhole), .number(let values)):
            // Two copies of a sketch would have to be told apart at every change.
            spread = .levels([], LevelCounts(listed: []))
            let before = sketch.rowCount
            sketch.insert(values)
            spread = .numbers(
                sketch,
                missing: missing + values.count - (sketch.rowCount - before),
                areWhole: areWhole && values.allSatisfy(\.isWholeOrMissing)
            )
        case (.levels(let names, let counts), .level(let codes, _)):
            let more = LevelCounts(codes: codes, levels: names.count)
            spread = .levels(names, counts.merging(more))
        case (.numbers, .level), (.levels, .number), (_, .text):
            preconditionFailure("\"\(name)\" is not of the schema's type")
        }
    }

    fileprivate mutating func merge(_ other: ColumnProfile) {
        switch (spread, other.spread) {
        case (
            .numbers(var sketch, let missing, let areWhole),
            .numbers(let more, let moreMissing, let moreAreWhole)
        ):
            spread = .levels([], LevelCounts(listed: []))
            sketch.merge(more)
            spread = .numbers(
                sketch,
                missing: missing + moreMissing,
                areWhole: areWhole && moreAreWhole
            )
        case (.levels(let names, let counts), .levels(_, let more)):
            spread = .levels(names, counts.merging(more))
        case (.numbers, .levels), (.levels, .numbers):
            preconditionFailure("\"\(name)\" is of two types")
        }
    }
}

extension Double {
    fileprivate var isWholeOrMissing: Bool {
        isNaN || self == rounded() && magnitude < 0x1p53
    }
}

extension Schema {
    /// The same columns without what rows are refused for: empty fields, unlisted levels and numbers out
    /// of their range are what drift is about.
    public var acceptingDrift: Schema {
        var schema = self
        for index in schema.columns.indices where schema.columns[index].role == .feature {
            schema.columns[index].nulls = .impute
            schema.columns[index].unseen = .other
            schema.columns[index].type = schema.columns[index].type.acceptingAll
        }
        return schema
    }
}
