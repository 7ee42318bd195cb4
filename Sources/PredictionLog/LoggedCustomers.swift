import GRDB
public import Schema
import Tabular
import Wire

/// Customers of a log whose truth is known, as the CSV file that a model is trained on.
///
/// The same bytes as if they had been written down in a file of one's own: read by the same rules, each becomes the
/// same typed row as in the file that it came from.
public struct LoggedCustomers: Equatable, Sendable {
    /// The file: identifier where the log keeps it, features, target, and who was treated.
    public let csv: [UInt8]
    /// Customers in it.
    public let rows: Int
    /// The column that says who was treated: yes, no, or empty where that is not known.
    public let treatedColumn: String
    /// Rows left out since they lack columns of the schema.
    public let lacking: Int
    /// Rows left out since a field breaks the schema.
    public let broken: Int
}

extension LabelledLog {
    /// Reads the customers whose truth came after a time, in the order in which they were asked about.
    ///
    /// Of one customer only the latest row counts, so that nobody is both learned from and judged on.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - time: Milliseconds since 1970; what was known by then a model may have learned.
    ///   - treatedColumn: What the column that says who was treated is to be called; it gets an underscore where the
    ///     schema has such a column.
    /// - Returns: The customers, none where nothing new is known.
    /// - Throws: `PredictionLogError`; `UntrainableLog` where the log has no customer with all columns.
    /// - Complexity: O(outcomes · features).
    public func customers(
        _ schema: Schema,
        knownAfter time: Int64,
        treatedColumn: String = "offered"
    ) throws -> LoggedCustomers {
        let personal = schema.features.filter(\.personal).map(\.name)
        guard personal.isEmpty else {
            throw UntrainableLog(path: path, columns: personal, arePersonal: true)
        }
        var writer = CustomerWriter(schema, treatedColumn: treatedColumn)
        try read { db in
            // The body may be called twice.
            writer = CustomerWriter(schema, treatedColumn: treatedColumn)
            let found = try Row.fetchCursor(db, sql: Self.sql, arguments: [time])
            while let row = try found.next() {
                writer.add(
                    row["features"],
                    customer: row["customer"],
                    left: row["left"],
                    treated: row["treated"]
                )
            }
        }
        guard writer.rows > 0 || writer.missing.isEmpty else {
            throw UntrainableLog(path: path, columns: writer.missing, arePersonal: false)
        }
        return writer.customers
    }

    private static let sql = """
        SELECT features, customer, "left", treated FROM outcome
        JOIN prediction ON prediction.id = outcome.prediction
        WHERE received > ? AND (customer IS NULL OR NOT EXISTS (
            SELECT 1 FROM prediction AS later JOIN outcome AS known ON known.prediction = later.id
            WHERE later.customer = prediction.customer
                AND (later.time, later.id) > (prediction.time, prediction.id)
        ))
        ORDER BY prediction.time, prediction.id
        """
}

/// Writes the log's objects as lines of CSV.
private struct CustomerWriter {
    private let schema: Schema
    private let decoder: CustomerDecoder
    private let treatedColumn: String
    private let hasIdentifier: Bool
    private var csv: [UInt8] = []
    private(set) var rows = 0
    private var lacking = 0
    private var broken = 0
    /// Columns that some row lacked, in the order of the schema.
    private(set) var missing: [String] = []

    init(_ schema: Schema, treatedColumn: String) {
        self.schema = schema
        decoder = CustomerDecoder(schema)
        var name = treatedColumn
        while schema.columns.contains(where: { $0.name == name }) { name += "_" }
        self.treatedColumn = name
        hasIdentifier = schema.columns.contains { $0.name == schema.identifier && !$0.personal }
        let names =
            (hasIdentifier ? [schema.identifier ?? ""] : []) + schema.features.map(\.name)
            + [schema.target.column, name]
        append(names)
    }

    var customers: LoggedCustomers {
        LoggedCustomers(
            csv: csv,
            rows: rows,
            treatedColumn: treatedColumn,
            lacking: lacking,
            broken: broken
        )
    }

    mutating func add(_ features: String, customer: String?, left: Bool, treated: Bool?) {
        let json = Array(features.utf8)
        guard let texts = try? LoggedModel.texts(json) else {
            broken += 1
            return
        }
        let fields = schema.features.map { feature in
            texts.first { $0.name == feature.name }?.text
        }
        guard !fields.contains(nil) else {
            lacking += 1
            missing = zip(schema.features, fields)
                .filter { missing.contains($0.name) || $1 == nil }.map(\.0.name)
            return
        }
        guard let decoded = try? decoder.customers(json), decoded.problems.isEmpty else {
            broken += 1
            return
        }
        rows += 1
        append(
            (hasIdentifier ? [customer ?? ""] : []) + fields.compactMap(\.self) + [
                left ? schema.target.positive : schema.target.negative,
                treated.map { $0 ? "yes" : "no" } ?? "",
            ]
        )
    }

    private mutating func append(_ fields: [String]) {
        for (column, field) in fields.enumerated() {
            if column > 0 { csv.append(UInt8(ascii: ",")) }
            csv.appendCSVField(field)
        }
        csv.append(0x0A)
    }
}

/// The log holds too little of its customers to train a model on them.
public struct UntrainableLog: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// Columns that the model needs and the log lacks.
    public let columns: [String]
    /// Whether they are left out as personal.
    public let arePersonal: Bool

    /// One line: what, why, how to go on.
    public var description: String {
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let noun = columns.count == 1 ? "the column" : "the columns"
        let why =
            arePersonal ? "which are personal (privacy: personal) and not kept" : "in every row"
        return
            "\(path) lacks \(noun) \(names), \(why), so no model can be trained on its rows; give labelled"
            + " customers in a CSV with --data FILE, or train a model without \(columns.count == 1 ? "it" : "them")"
    }
}
