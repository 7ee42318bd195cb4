/// In what the stores' SQL differs.
///
/// SQLite keeps a prediction's name as one text. PostgreSQL keeps it as the request's UUID and the customer's place in the
/// request, which take half the room and no collation.
enum SQLDialect {
    case sqlite
    case postgres

    /// The columns by which the table of predictions knows one.
    func key(_ table: String = "prediction") -> String {
        switch self {
        case .sqlite: "\(table).id"
        case .postgres: "\(table).id, \(table).place"
        }
    }

    /// The same under the names that they have where another table refers to a prediction.
    func keyAsReference(_ table: String = "prediction") -> String {
        switch self {
        case .sqlite: "\(table).id AS prediction"
        case .postgres: "\(table).id AS prediction, \(table).place AS place"
        }
    }

    /// The columns by which another table refers to a prediction.
    func reference(_ table: String) -> String {
        switch self {
        case .sqlite: "\(table).prediction"
        case .postgres: "\(table).prediction, \(table).place"
        }
    }

    /// The names of these columns.
    var reference: String { self == .sqlite ? "prediction" : "prediction, place" }

    /// What stands for a prediction's name among the arguments.
    var marks: String { self == .sqlite ? "?" : "?, ?" }

    /// An order in which predictions of one time come the newest first.
    func newest(_ table: String = "prediction") -> String {
        switch self {
        case .sqlite: "\(table).id DESC"
        case .postgres: "\(table).id DESC, \(table).place DESC"
        }
    }

    /// The same for what refers to predictions.
    var newestReference: String {
        self == .sqlite ? "prediction DESC" : "prediction DESC, place DESC"
    }

    /// The part of a prediction's name that a whole request, or a whole file, has.
    func request(_ table: String = "prediction") -> String {
        self == .sqlite ? "substr(\(table).id, 1, 36)" : "\(table).id"
    }

    /// Whether a prediction belongs to a file, by the name of that.
    func isOf(batch name: String) -> String {
        switch self {
        case .sqlite: "prediction.id > \(name) || '-' AND prediction.id < \(name) || '.'"
        case .postgres: "prediction.id = \(name)"
        }
    }

    /// Compares texts without regard to the case of ASCII's letters.
    var like: String { self == .sqlite ? "LIKE" : "ILIKE" }

    /// The text that a column of a prediction's features has.
    func text(of column: String, in features: String) -> String {
        switch self {
        case .sqlite: "(SELECT atom FROM json_each(\(features)) WHERE key = \(column))"
        case .postgres: "(\(features) ->> \(column))"
        }
    }

    /// A customer's identifier as it is kept and looked for: PostgreSQL's indexes hold no text of any length.
    func customer(_ identifier: String) -> String {
        switch self {
        case .sqlite: identifier
        case .postgres: PostgresArgument.indexable(identifier)
        }
    }

    /// An outcome of the same customer as it is kept.
    func outcome(_ outcome: Outcome) -> Outcome {
        guard case .customer(let identifier) = outcome.subject else { return outcome }
        var kept = outcome
        kept.subject = .customer(customer(identifier))
        return kept
    }

    /// The arguments of a prediction's name; nil where no prediction can have it.
    func arguments(_ name: String) -> [SQLArgument]? {
        switch self {
        case .sqlite: [name.lowercased()]
        case .postgres: PostgresName(name).map { [$0.uuid, $0.place] }
        }
    }

    /// The same for what may refer to nothing.
    func arguments(_ name: String?) -> [SQLArgument] {
        name.flatMap { arguments($0) as [SQLArgument]? } ?? (self == .sqlite ? [nil] : [nil, nil])
    }

    /// The prediction's name in a row with `key`; nil where it is null.
    func name(in row: SQLRow) -> String? { name(row, "id") }

    /// The prediction's name in a row with `reference`; nil where it is null.
    func referredName(in row: SQLRow) -> String? { name(row, "prediction") }

    private func name(_ row: SQLRow, _ column: String) -> String? {
        guard let text: String = row[column] else { return nil }
        guard self == .postgres else { return text }
        return PostgresName(uuid: text, place: row["place"]).text
    }
}
