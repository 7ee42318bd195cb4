public import Output
public import Schema
import Tabular
import Wire

/// Customers of a log whose truth is known, as a model is trained on them.
///
/// Each is coded by the same rules as a row of a file, and as in the file that it came from.
public struct RecordedCustomers: Equatable, Sendable {
    /// The customers.
    public let customers: CodedCustomers
    /// Whether each was offered something to stay; nil where that is not known.
    public let treated: [Bool?]
    /// The same as a file, by whose digest a model names what it was trained on: identifier where the log keeps it,
    /// features, target, and who was treated.
    public let csv: [UInt8]
    /// The file's column that says who was treated: yes, no, or empty where that is not known.
    public let treatedColumn: String
    /// Rows left out since they lack columns of the schema.
    public let lacking: Int
    /// Rows left out since a field breaks the schema.
    public let broken: Int
}

extension SQLRecordReader {
    /// Reads the customers whose truth came to count after a time, in the order in which they were asked about.
    ///
    /// Of one customer only the latest row that counts is read, so that nobody is both learned from and judged on.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - time: Milliseconds since 1970; what counted by then a model may have learned.
    ///   - maturing: When truth counts; nil as soon as it is known.
    ///   - treatedColumn: What the column that says who was treated is to be called; it gets an underscore where the
    ///     schema has such a column.
    /// - Returns: The customers, none where nothing new is known.
    /// - Throws: `RecordStoreError`; `UntrainableLog` where the log has no customer with all columns.
    /// - Complexity: O(outcomes · features).
    func customers(
        _ schema: Schema,
        knownAfter time: Int64,
        maturing: Maturity?,
        treatedColumn: String
    ) throws -> RecordedCustomers {
        let personal = schema.features.filter(\.personal).map(\.name)
        guard personal.isEmpty else {
            throw UntrainableLog(path: path, columns: personal, arePersonal: true)
        }
        var reader = LoggedReader(schema, treatedColumn: treatedColumn)
        try database.read { db in
            // The body may be called twice.
            reader = LoggedReader(schema, treatedColumn: treatedColumn)
            if let maturing {
                for matured in try Self.matured(after: time, maturing, db) {
                    reader.add(
                        matured.features,
                        customer: matured.customer,
                        left: matured.left,
                        treated: matured.treated
                    )
                }
                return
            }
            try db.forEach(Self.sql(db.dialect), [time]) { row in
                reader.add(
                    row["features"],
                    customer: row["customer"],
                    left: row["left"],
                    treated: row["treated"]
                )
                return true
            }
        }
        guard !reader.customers.labels.isEmpty || reader.missing.isEmpty else {
            throw UntrainableLog(path: path, columns: reader.missing, arePersonal: false)
        }
        return reader.result
    }

    /// The latest prediction of each customer that has matured, where that came to be known after a time.
    private static func matured(
        after time: Int64,
        _ maturing: Maturity,
        _ db: any SQLSession
    ) throws -> [MaturedPrediction] {
        var found: [MaturedPrediction] = []
        var seen: Set<String> = []
        try MaturedPrediction.forEach(.all, maturing, db) { matured in
            if let customer = matured.customer, !seen.insert(customer).inserted { return true }
            if matured.known > time { found.append(matured) }
            return true
        }
        return found.reversed()
    }

    private static func sql(_ dialect: SQLDialect) -> String {
        """
        SELECT features, customer, "left", treated FROM outcome
        JOIN prediction ON (\(dialect.key())) = (\(dialect.reference("outcome")))
        WHERE received > ? AND (customer IS NULL OR NOT EXISTS (
            SELECT 1 FROM prediction AS later
            JOIN outcome AS known ON (\(dialect.reference("known"))) = (\(dialect.key("later")))
            WHERE later.customer = prediction.customer
                AND (later.time, \(dialect.key("later"))) > (prediction.time, \(dialect.key()))
        ))
        ORDER BY prediction.time, \(dialect.key())
        """
    }
}

/// Reads the log's objects, and writes them as lines of CSV besides.
private struct LoggedReader {
    private let schema: Schema
    private let decoder: CustomerDecoder
    private let treatedColumn: String
    private let hasIdentifier: Bool
    private(set) var customers: CodedCustomers
    private var treated: [Bool?] = []
    private var csv: [UInt8] = []
    private var lacking = 0
    private var broken = 0
    /// Columns that some row lacked, in the order of the schema.
    private(set) var missing: [String] = []

    init(_ schema: Schema, treatedColumn: String) {
        self.schema = schema
        decoder = CustomerDecoder(schema)
        customers = CodedCustomers(schema)
        var name = treatedColumn
        while schema.columns.contains(where: { $0.name == name }) { name += "_" }
        self.treatedColumn = name
        hasIdentifier = schema.columns.contains { $0.name == schema.identifier && !$0.personal }
        let names =
            (hasIdentifier ? [schema.identifier ?? ""] : []) + schema.features.map(\.name)
            + [schema.target.column, name]
        append(names)
    }

    var result: RecordedCustomers {
        RecordedCustomers(
            customers: customers,
            treated: treated,
            csv: csv,
            treatedColumn: treatedColumn,
            lacking: lacking,
            broken: broken
        )
    }

    mutating func add(_ features: String, customer: String?, left: Bool, treated: Bool?) {
        let json = Array(features.utf8)
        guard let texts = try? RecordedModel.texts(json) else {
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
        customers.append(decoded.coded[row: 0], label: left)
        self.treated.append(treated)
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
public struct UntrainableLog: RetainError, Equatable {
    /// The file.
    public let path: String
    /// Columns that the model needs and the log lacks.
    public let columns: [String]
    /// Whether they are left out as personal.
    public let arePersonal: Bool

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

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
