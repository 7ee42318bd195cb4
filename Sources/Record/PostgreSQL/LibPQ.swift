import Glibc

/// PostgreSQL's client library, opened when the first record of a server is.
///
/// So one program does for those who have it and for those who never need it; see
/// docs/decisions/0039-libpq-at-run-time.md. The functions are those of https://www.postgresql.org/docs/current/libpq.html.
@safe struct LibPQ: Sendable {
    typealias Text = UnsafePointer<CChar>
    typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

    let connectdbParams: @convention(c) (Texts, Texts, CInt) -> OpaquePointer?
    let conninfoParse: @convention(c) (Text, OpaquePointer?) -> OpaquePointer?
    let conninfoFree: @convention(c) (OpaquePointer) -> Void
    let finish: @convention(c) (OpaquePointer) -> Void
    let status: @convention(c) (OpaquePointer) -> CInt
    let errorMessage: @convention(c) (OpaquePointer) -> Text?
    let parameterStatus: @convention(c) (OpaquePointer, Text) -> Text?
    let exec: @convention(c) (OpaquePointer, Text) -> OpaquePointer?
    let execParams:
        @convention(c) (
            OpaquePointer, Text, CInt, UnsafePointer<CUnsignedInt>?, Texts?, UnsafePointer<CInt>?,
            UnsafePointer<CInt>?, CInt
        ) -> OpaquePointer?
    let prepare:
        @convention(c) (
            OpaquePointer, Text, Text, CInt, UnsafePointer<CUnsignedInt>?
        ) -> OpaquePointer?
    let execPrepared:
        @convention(c) (
            OpaquePointer, Text, CInt, Texts?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
        ) -> OpaquePointer?
    let putCopyData: @convention(c) (OpaquePointer, Text?, CInt) -> CInt
    let putCopyEnd: @convention(c) (OpaquePointer, Text?) -> CInt
    let getResult: @convention(c) (OpaquePointer) -> OpaquePointer?
    let resultStatus: @convention(c) (OpaquePointer?) -> CInt
    let resultErrorField: @convention(c) (OpaquePointer?, CInt) -> Text?
    let ntuples: @convention(c) (OpaquePointer) -> CInt
    let nfields: @convention(c) (OpaquePointer) -> CInt
    let fname: @convention(c) (OpaquePointer, CInt) -> Text?
    let ftype: @convention(c) (OpaquePointer, CInt) -> CUnsignedInt
    let getvalue: @convention(c) (OpaquePointer, CInt, CInt) -> UnsafePointer<UInt8>?
    let getlength: @convention(c) (OpaquePointer, CInt, CInt) -> CInt
    let getisnull: @convention(c) (OpaquePointer, CInt, CInt) -> CInt
    let cmdTuples: @convention(c) (OpaquePointer) -> Text?
    let clear: @convention(c) (OpaquePointer?) -> Void

    /// The library, which stays open as long as the program runs; nil where it is not on this machine.
    static let opened = try? LibPQ()

    /// The library is not there, or is none.
    private struct Fault: Error {}

    private init() throws {
        guard let library = unsafe dlopen("libpq.so.5", RTLD_NOW) else { throw Fault() }
        func find<Function>(_ name: String) throws -> Function {
            guard let symbol = unsafe dlsym(library, name) else { throw Fault() }
            return unsafe unsafeBitCast(symbol, to: Function.self)
        }
        unsafe connectdbParams = try find("PQconnectdbParams")
        unsafe conninfoParse = try find("PQconninfoParse")
        unsafe conninfoFree = try find("PQconninfoFree")
        unsafe finish = try find("PQfinish")
        unsafe status = try find("PQstatus")
        unsafe errorMessage = try find("PQerrorMessage")
        unsafe parameterStatus = try find("PQparameterStatus")
        unsafe exec = try find("PQexec")
        unsafe execParams = try find("PQexecParams")
        unsafe prepare = try find("PQprepare")
        unsafe execPrepared = try find("PQexecPrepared")
        unsafe putCopyData = try find("PQputCopyData")
        unsafe putCopyEnd = try find("PQputCopyEnd")
        unsafe getResult = try find("PQgetResult")
        unsafe resultStatus = try find("PQresultStatus")
        unsafe resultErrorField = try find("PQresultErrorField")
        unsafe ntuples = try find("PQntuples")
        unsafe nfields = try find("PQnfields")
        unsafe fname = try find("PQfname")
        unsafe ftype = try find("PQftype")
        unsafe getvalue = try find("PQgetvalue")
        unsafe getlength = try find("PQgetlength")
        unsafe getisnull = try find("PQgetisnull")
        unsafe cmdTuples = try find("PQcmdTuples")
        unsafe clear = try find("PQclear")
    }
}
