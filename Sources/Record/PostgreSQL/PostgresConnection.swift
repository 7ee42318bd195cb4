import FoundationEssentials
import GRDB

/// A connection with a server, for one caller at a time: the only place that calls libpq.
///
/// It is not tied to a thread; whoever holds it sees to it that nobody else uses it meanwhile.
@safe final class PostgresConnection: @unchecked Sendable {
    private let pq: LibPQ
    private let handle: OpaquePointer
    let path: String
    /// The names of statements that the server has read already.
    private var prepared: [Statement: String] = [:]
    private var preparations = 0

    /// A statement as it was written, and the types of its arguments.
    private struct Statement: Hashable {
        let sql: String
        let types: [CUnsignedInt]
    }

    /// So many statements are kept ready; those with lists in them have no end.
    private static let mostPrepared = 200

    /// Connects, and checks that the server keeps texts as they are.
    ///
    /// - Throws: `RecordStoreError`.
    init(_ address: PostgresAddress) throws(RecordStoreError) {
        guard let pq = LibPQ.opened else { throw .noLibrary(address.name) }
        // libpq's own words would show parts of what it takes for something else.
        let parsed = unsafe address.isClear ? pq.conninfoParse(address.text, nil) : nil
        guard let parsed = unsafe parsed else { throw .unclear(address.name) }
        unsafe pq.conninfoFree(parsed)
        // What stands before the address is what holds where that says nothing.
        let settings = [
            ("fallback_application_name", "retain"), ("connect_timeout", "5"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"), ("dbname", address.text), ("client_encoding", "UTF8"),
        ]
        let handle = unsafe Self.withTexts(settings.map { Optional($0.0) } + [nil]) { names in
            unsafe Self.withTexts(settings.map { Optional($0.1) } + [nil]) { values in
                unsafe pq.connectdbParams(names, values, 1)
            }
        }
        guard let handle = unsafe handle else {
            throw RecordStoreError(
                path: address.name,
                problem: "there is no memory for a connection",
                fix: "end other programs"
            )
        }
        unsafe (self.pq, self.handle, path) = (pq, handle, address.name)
        guard unsafe pq.status(handle) == 0 else {
            throw unsafe .unreachable(path, Self.line(pq.errorMessage(handle)))
        }
        let encoding = unsafe pq.parameterStatus(handle, "server_encoding")
        guard let encoding = unsafe encoding, unsafe String(cString: encoding) == "UTF8" else {
            throw RecordStoreError(
                path: path,
                problem: "its encoding is not UTF8",
                fix: "make another database: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        }
        try run("SET client_min_messages = warning; SET standard_conforming_strings = on")
    }

    deinit { unsafe pq.finish(handle) }

    /// Whether the server no longer answers on this connection.
    var isLost: Bool { unsafe pq.status(handle) != 0 }

    /// Runs statements without arguments.
    ///
    /// - Throws: `RecordStoreError`.
    func run(_ statements: String) throws(RecordStoreError) {
        let result = unsafe pq.exec(handle, statements)
        defer { unsafe pq.clear(result) }
        try unsafe check(result)
    }

    /// Runs a statement.
    ///
    /// - Throws: `RecordStoreError`.
    func query(
        _ sql: String,
        _ arguments: [SQLArgument]
    ) throws(RecordStoreError) -> PostgresResult {
        let encoded = arguments.map { PostgresArgument($0) }
        let statement = Statement(sql: sql, types: encoded.map(\.type))
        let count = CInt(encoded.count)
        let name = try prepared(statement)
        let result = unsafe Self.withTexts(encoded.map(\.text)) { values in
            if let name {
                return unsafe pq.execPrepared(handle, name, count, values, nil, nil, 0)
            }
            let text = PostgresArgument.numbered(sql)
            return unsafe statement.types.withUnsafeBufferPointer { types in
                unsafe pq.execParams(handle, text, count, types.baseAddress, values, nil, nil, 0)
            }
        }
        defer { unsafe pq.clear(result) }
        try unsafe check(result)
        guard let result = unsafe result else { throw lost() }
        return unsafe self.result(result)
    }

    /// The name of a statement that the server has read and need not read again; nil where it keeps enough of them.
    private func prepared(_ statement: Statement) throws(RecordStoreError) -> String? {
        if let name = prepared[statement] { return name }
        guard prepared.count < Self.mostPrepared else { return nil }
        preparations += 1
        let name = "retain_\(preparations)"
        let result = unsafe statement.types.withUnsafeBufferPointer { types in
            unsafe pq.prepare(
                handle,
                name,
                PostgresArgument.numbered(statement.sql),
                CInt(types.count),
                types.baseAddress
            )
        }
        defer { unsafe pq.clear(result) }
        try unsafe check(result)
        prepared[statement] = name
        return name
    }

    /// Gives up a transaction, and the prepared statements, which are of no use where a table has got another form.
    func rollBack() {
        prepared = [:]
        try? run("ROLLBACK")
        try? run("DEALLOCATE ALL")
    }

    /// Copies rows into a table.
    ///
    /// - Parameters:
    ///   - sql: `COPY … FROM STDIN (FORMAT binary)`.
    ///   - body: Is given what takes bytes.
    /// - Throws: `RecordStoreError`, and what the body throws.
    func copy(_ sql: String, _ body: (_ send: ([UInt8]) throws -> Void) throws -> Void) throws {
        try run(sql)
        do {
            try body { bytes in
                let code = unsafe bytes.withUnsafeBytes { bytes in
                    unsafe pq.putCopyData(
                        handle,
                        bytes.assumingMemoryBound(to: CChar.self).baseAddress,
                        CInt(bytes.count)
                    )
                }
                guard code == 1 else { throw lost() }
            }
        } catch {
            _ = unsafe pq.putCopyEnd(handle, "given up")
            while let result = unsafe pq.getResult(handle) { unsafe pq.clear(result) }
            throw error
        }
        _ = unsafe pq.putCopyEnd(handle, nil)
        var problem: RecordStoreError?
        while let result = unsafe pq.getResult(handle) {
            do { try unsafe check(result) } catch { problem = problem ?? error }
            unsafe pq.clear(result)
        }
        if isLost { throw problem ?? lost() }
        if let problem { throw problem }
    }

    private func lost() -> RecordStoreError {
        unsafe .unreachable(path, Self.line(pq.errorMessage(handle)))
    }

    private func check(_ result: OpaquePointer?) throws(RecordStoreError) {
        let status = unsafe pq.resultStatus(result)
        guard !Self.fine.contains(status) else { return }
        func field(_ code: Character) -> String? {
            unsafe pq.resultErrorField(result, CInt(code.asciiValue ?? 0))
                .map { unsafe String(cString: $0) }
        }
        guard let state = field("C"), !isLost else { throw lost() }
        throw RecordStoreError(path: path, sqlState: state, message: field("M") ?? state)
    }

    /// A command or a query is done, or COPY waits for rows.
    private static let fine: [CInt] = [1, 2, 4]

    private func result(_ result: OpaquePointer) -> PostgresResult {
        let width = unsafe pq.nfields(result)
        let columns = PostgresColumns(
            (0 ..< width).map { column in
                unsafe pq.fname(result, column).map { unsafe String(cString: $0) } ?? ""
            }
        )
        let types = (0 ..< width).map { unsafe pq.ftype(result, $0) }
        let height = unsafe pq.ntuples(result)
        let rows = (0 ..< height).map { row in
            PostgresRow(
                columns: columns,
                values: (0 ..< width).map { column -> DatabaseValue in
                    guard unsafe pq.getisnull(result, row, column) == 0,
                        let bytes = unsafe pq.getvalue(result, row, column)
                    else { return .null }
                    let text = unsafe UnsafeBufferPointer(
                        start: bytes,
                        count: Int(pq.getlength(result, row, column))
                    )
                    return PostgresRow.value(
                        unsafe String(decoding: text, as: UTF8.self),
                        type: types[Int(column)]
                    )
                }
            )
        }
        let changes = unsafe pq.cmdTuples(result).flatMap { unsafe Int(String(cString: $0)) }
        return PostgresResult(rows: rows, changes: changes ?? 0)
    }

    /// Hands texts over as C has them; nil is null.
    private static func withTexts<Value>(
        _ texts: [String?],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        var bytes: [CChar] = []
        let starts = texts.map { text -> Int? in
            guard let text else { return nil }
            defer { bytes += text.utf8.map { CChar(bitPattern: $0) } + [0] }
            return bytes.count
        }
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            let pointers = unsafe starts.map { start in
                unsafe start.flatMap { unsafe bytes.baseAddress?.advanced(by: $0) }
            }
            // A pointer to the first; libpq does not look where there is none.
            return unsafe (pointers + [nil]).withUnsafeBufferPointer { pointers in
                guard let first = pointers.baseAddress else {
                    preconditionFailure("not empty")
                }
                return unsafe body(first)
            }
        }
    }

    /// The first line of what libpq says, which may have several.
    private static func line(_ message: UnsafePointer<CChar>?) -> String {
        let text = unsafe message.map { unsafe String(cString: $0) } ?? ""
        return text.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
    }
}
