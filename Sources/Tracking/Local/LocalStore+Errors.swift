import Files
import GRDB

extension LocalStore {
    /// Runs a body whose errors are those of the store.
    static func translating<Value>(_ address: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error, address)
        } catch let error as RowDecodingError {
            throw TrackingError(.damaged, at: address, "a value can't be read: \(error)")
        }
    }

    private static func translated(_ error: DatabaseError, _ address: String) -> any Error {
        let text = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return TrackingError(
                .unreachable,
                at: address,
                "another program holds the file (\(text)); try again when it is done"
            )
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
            return FileError(
                kind: .cannotWrite,
                path: String(address.dropFirst("sqlite:///".count)),
                reason: text,
                fix: "see to its folder and rights, or name another file by MLFLOW_TRACKING_URI"
            )
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return TrackingError(
                .damaged,
                at: address,
                "the file is no database of runs (\(text)); move it away, or name another by"
                    + " MLFLOW_TRACKING_URI"
            )
        case .SQLITE_ERROR where text.hasPrefix("no such"):
            return TrackingError(
                .damaged,
                at: address,
                "the file lacks what Retain needs (\(text)); `mlflow db upgrade \(address)` may mend it;"
                    + " else name another by MLFLOW_TRACKING_URI"
            )
        default: return TrackingError(.invalid, at: address, text)
        }
    }

    func notFound(_ what: String) -> TrackingError {
        TrackingError(
            .notFound,
            at: address,
            "there is no \(what); list what there is with `retain runs list` or `retain models list`"
        )
    }

    func invalid(_ problem: String?) throws {
        if let problem { throw TrackingError(.invalid, at: address, problem) }
    }
}
