/// A record on a PostgreSQL server, for those who only read; each reading has a connection of its own.
struct PostgresReader: ReadableDatabase {
    let address: PostgresAddress

    var path: String { address.name }

    func read<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value {
        let connection = try PostgresConnection(address)
        guard try connection.hasRecord(path) else {
            throw RecordStoreError(
                path: path,
                problem: "it holds no record",
                fix: "name the one that `retain serve` keeps with --database"
            )
        }
        return try connection.transaction(PostgresDatabase.reading, body).result.get()
    }
}
