import Output

extension RecordStoreError {
    /// There is no libpq.
    static func noLibrary(_ path: String) -> RecordStoreError {
        RecordStoreError(
            path: path,
            problem: "PostgreSQL's client library libpq.so.5 is not on this machine",
            fix: "install it: apt-get install libpq5",
            exitStatus: .unavailable
        )
    }

    /// The address can't be read, or can be in two ways.
    static func unclear(_ path: String) -> RecordStoreError {
        RecordStoreError(
            path: path,
            problem: "the address can't be read",
            fix:
                "its form is postgres://user:password@host:port/database?sslmode=require; in a password write @ as %40,"
                + " : as %3A, / as %2F, ? as %3F, # as %23, % as %25",
            exitStatus: .usage
        )
    }

    /// Nobody answers, or not us.
    static func unreachable(_ path: String, _ message: String) -> RecordStoreError {
        RecordStoreError(
            path: path,
            problem: message,
            fix:
                "see that the server runs and lets this user in; a password may stand in the address, in PGPASSWORD or"
                + " in ~/.pgpass",
            isPassing: true,
            exitStatus: .unavailable
        )
    }

    /// What a server says, with its code (https://www.postgresql.org/docs/current/errcodes-appendix.html).
    init(path: String, sqlState: String, message: String) {
        let isConflict = sqlState.hasPrefix(Self.conflict) || sqlState == Self.changedTable
        let fix =
            switch sqlState {
            case "53100": "make room on the server's disk"
            case "42501": "give the user the right: GRANT CREATE, USAGE ON SCHEMA … TO …"
            case "3F000": "make the schema of search_path: CREATE SCHEMA …"
            case "25006": "name the server that may be written to"
            case "42P01", "42703": "its tables are not a whole record's; name another database"
            case _ where isConflict: "try again"
            default: "the server's log may tell more"
            }
        let isPassing = Self.passing.contains { sqlState.hasPrefix($0) }
        self.init(
            path: path,
            problem: message,
            fix: fix,
            isPassing: isPassing,
            isConflict: isConflict,
            exitStatus: isPassing ? .unavailable : .cannotWrite
        )
    }

    /// Connection lost, transaction given up, not writable for now, out of room, cancelled, ended or starting, waited too
    /// long.
    private static let passing = ["08", conflict, "25006", "53", "57", "55P03"]

    /// Transactions that were in each other's way.
    private static let conflict = "40"

    /// A newer program gave a table more columns than a prepared statement knows (or the server can't do it at all).
    private static let changedTable = "0A000"

    /// The same of a transaction that may have been kept.
    var ofUnknownEnd: RecordStoreError {
        RecordStoreError(
            path: path,
            problem:
                "the connection was lost while a change was kept, so whether it was is not known (\(problem))",
            fix: fix,
            isPassing: isPassing,
            isUndecided: true,
            exitStatus: exitStatus
        )
    }
}
