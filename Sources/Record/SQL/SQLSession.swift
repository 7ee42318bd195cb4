import Campaign
import GRDB
import Output

/// What stands for a `?` of a statement.
typealias SQLArgument = (any DatabaseValueConvertible)?

/// A transaction of a store.
///
/// Its statements are in the SQL that all stores understand, with `?` or `?1` for arguments; where they differ, the dialect
/// tells.
protocol SQLSession {
    var dialect: SQLDialect { get }

    /// Runs a statement, and tells how many rows it added, changed or removed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int

    /// All rows that a statement finds.
    func rows(_ sql: String, _ arguments: [SQLArgument]) throws -> [SQLRow]

    /// Goes through the rows of a query without holding all of them; the body returns whether to go on.
    ///
    /// A row is good for one call of the body, unless it is copied.
    func forEach(
        _ sql: String,
        _ arguments: [SQLArgument],
        _ body: (SQLRow) throws -> Bool
    ) throws

    /// Whether there is a table, for files of an older form.
    func hasTable(_ name: String) throws -> Bool

    /// Lets others who ask for the same wait until this transaction ends, as whoever writes reads first.
    func waitForTurn() throws

    /// Adds predictions to their table.
    func add(_ batches: [NumberedBatch]) throws

    /// Adds a campaign's members to their table.
    func add(_ members: [CampaignMember], of campaign: Int64) throws
}

/// Predictions with their models' numbers in the record.
struct NumberedBatch {
    let batch: PredictionBatch
    let model: Int64
    let shadow: Int64?
}

extension SQLSession {
    func execute(_ sql: String) throws { try execute(sql, []) }

    func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

    /// The first row that a statement finds.
    func row(_ sql: String, _ arguments: [SQLArgument] = []) throws -> SQLRow? {
        try rows(sql, arguments).first
    }

    /// The first column of the first row; nil where there is no row, or where it is null.
    func value<Value: SQLValue>(
        _ type: Value.Type = Value.self,
        _ sql: String,
        _ arguments: [SQLArgument] = []
    ) throws -> Value? {
        try row(sql, arguments)?[0]
    }
}

/// What a column holds.
typealias SQLValue = DatabaseValueConvertible & StatementColumnConvertible

/// A row that a statement found.
struct SQLRow {
    private enum Source {
        case sqlite(Row)
        case postgres(PostgresRow)
    }

    private let source: Source

    init(_ row: Row) { source = .sqlite(row) }

    init(_ row: PostgresRow) { source = .postgres(row) }

    subscript<Value: SQLValue>(_ column: String) -> Value {
        switch source {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.decode(row.place(of: column))
        }
    }

    subscript<Value: SQLValue>(_ place: Int) -> Value {
        switch source {
        case .sqlite(let row): row[place]
        case .postgres(let row): row.decode(place)
        }
    }

    /// The same, to be kept.
    var copied: SQLRow {
        switch source {
        case .sqlite(let row): SQLRow(row.copy())
        case .postgres: self
        }
    }
}

/// A row that was written a moment ago is not there.
struct MissingRow: RetainError {
    var exitStatus: ExitStatus { .cannotWrite }

    var description: String { "a row that was just written is not there" }
}
