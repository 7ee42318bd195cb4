import FoundationEssentials

/// Where a service with the settings of the environment is found from its own machine.
enum ServiceAddress {
    static func ofThisMachine() async throws -> String {
        let environment = ProcessInfo.processInfo.environment
        return try Self.of(
            try await SettingReader(
                [:],
                file: environment["RETAIN_CONFIG"],
                environment: environment
            )
        )
    }

    /// - Throws: `SettingError`.
    static func of(_ settings: SettingReader) throws(SettingError) -> String {
        let scheme = try settings.text("tlsCertificate") == nil ? "http" : "https"
        let port = try settings.count("port", 0 ... 65535) ?? 8080
        let host =
            switch try settings.text("host") {
            case nil, "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            case let host?: host
            }
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
