/// What `MLFLOW_TRACKING_URI` says.
struct TrackingAddress {
    let place: TrackingConfiguration.Place
    /// Of `https://name:password@host`; nil where there are none.
    let credentials: TrackingConfiguration.Credentials?

    init(_ address: String) throws(TrackingConfigurationError) {
        if address.hasPrefix("sqlite:///") {
            let path = address.dropFirst("sqlite:///".count)
            guard !path.isEmpty, path != ":memory:", !path.contains("?") else {
                throw Self.wrong(address, "names no file; write sqlite:///mlflow.db")
            }
            place = .file(String(path))
            credentials = nil
            return
        }
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: { address.lowercased().hasPrefix($0) }) else {
            throw Self.wrong(
                address,
                "is neither a server (http://…, https://…) nor a SQLite file"
                    + " (sqlite:///mlflow.db); MLflow no longer takes folders of files either"
            )
        }
        var rest = address.dropFirst(scheme.count)
        while rest.last == "/" { rest.removeLast() }
        let authority = rest.prefix { !"/?#".contains($0) }
        let path = rest.dropFirst(authority.count)
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard !host.isEmpty, host.first != ":", Self.hasValidPort(host) else {
            throw Self.wrong(address, "names no host, or a port that is none")
        }
        // A password with / or @ in it would otherwise be taken for a part of the path, and shown.
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@".utf8.contains($0) }),
            host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw Self.wrong(
                address,
                "has ?, #, @, a space or a letter beyond ASCII in it; write those as %3F, %23, %40, %20 …"
            )
        }
        place = .server(scheme + host + path)
        credentials = try Self.credentials(authority.dropLast(host.count), address)
    }

    private static func credentials(
        _ info: Substring,
        _ address: String
    ) throws(TrackingConfigurationError) -> TrackingConfiguration.Credentials? {
        guard !info.isEmpty else { return nil }
        let parts = info.dropLast().split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        ).map { PercentEncoding.decoded($0) }
        let (user, password) = (parts[0], parts.count > 1 ? parts[1] : "")
        guard (user + password).isPrintable else {
            throw wrong(address, "has a control character in its name or password")
        }
        return .basic(user: user, password: password)
    }

    private static func hasValidPort(_ host: Substring) -> Bool {
        let port: Substring
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            port = host[host.index(after: end)...]
        } else {
            port = host.drop { $0 != ":" }
        }
        return port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil)
    }

    private static func wrong(_ address: String, _ rule: String) -> TrackingConfigurationError {
        // Everything before the last @ may belong to a password.
        var shown = Secrets.masked(address)
        if let at = address.lastIndex(of: "@") { shown = Secrets.mask + address[at...] }
        return TrackingConfigurationError(name: "MLFLOW_TRACKING_URI", value: shown, rule: rule)
    }
}

extension StringProtocol {
    /// Whether it may stand in a header: no line breaks, no other control characters.
    var isPrintable: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
