import FoundationEssentials

/// `postgres://user:password@host:port/database?sslmode=…`, as libpq reads it, and how it is told to people.
struct PostgresAddress: Equatable, Sendable {
    /// As it was given; it may hold a password.
    let text: String
    /// Without password and settings.
    let name: String
    /// The database's name, fit for a file's.
    let database: String
    /// Whether it can mean only one thing.
    let isClear: Bool

    /// Nil where it names no server.
    init?(_ text: String) {
        guard
            let scheme = ["postgres://", "postgresql://"].first(where: { text.hasPrefix($0) })
        else { return nil }
        self.text = text
        let rest = text.dropFirst(scheme.count)
        let place = rest.prefix { $0 != "?" && $0 != "#" }
        let host = place.prefix { $0 != "/" }
        // A character of the password that ends or divides the address would show parts of it as something else.
        let ports = host.split(separator: "@").last?.split(separator: ",").map { part in
            part.split(separator: "]").last?.split(separator: ":").dropFirst().last ?? ""
        }
        isClear =
            rest.filter { $0 == "@" }.count <= 1 && !rest.contains("#")
            && (!rest.contains("@") || host.contains("@"))
            && (ports ?? []).allSatisfy { $0.allSatisfy(\.isNumber) }
        guard isClear else {
            name = scheme + "…"
            database = Self.usual
            return
        }
        let parts = host.split(separator: "@", omittingEmptySubsequences: false)
        let user = parts.count == 2 ? parts[0].prefix { $0 != ":" } : ""
        let path = place.dropFirst(host.count + 1)
        name =
            scheme + (user.isEmpty ? "" : user + "@") + (parts.last ?? "")
            + (path.isEmpty ? "" : "/" + path)
        let plain = path.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        database = plain.isEmpty ? Self.usual : String(plain)
    }

    private static let usual = "retain"
}
