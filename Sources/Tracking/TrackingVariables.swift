/// Variables of the environment; empty ones count as absent.
struct TrackingVariables {
    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    subscript(name: String) -> String? { values[name] }

    /// A yes or no.
    func flag(_ name: String) throws(TrackingConfigurationError) -> Bool? {
        guard let text = self[name] else { return nil }
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default:
            throw TrackingConfigurationError(
                name: name,
                value: text,
                rule: "must be true, false, 1 or 0"
            )
        }
    }

    /// A number.
    func number(
        _ name: String,
        in range: ClosedRange<Double>
    ) throws(TrackingConfigurationError) -> Double? {
        guard let text = self[name] else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw TrackingConfigurationError(
                name: name,
                value: text,
                rule: "must be a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// A whole number.
    func count(
        _ name: String,
        in range: ClosedRange<Int>
    ) throws(TrackingConfigurationError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw TrackingConfigurationError(
                name: name,
                value: text,
                rule: "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// Who asks: name and password before a token; DagsHub's own token where nothing else is said.
    func credentials(
        for place: TrackingConfiguration.Place,
        file: String?
    ) throws(TrackingConfigurationError) -> TrackingConfiguration.Credentials {
        let saved = file.map(Self.entries) ?? [:]
        func secret(_ name: String) throws(TrackingConfigurationError) -> String? {
            let value = self[name] ?? saved[name.lowercased()].flatMap { $0.isEmpty ? nil : $0 }
            guard let value, !value.isPrintable else { return value }
            throw TrackingConfigurationError(
                name: name,
                value: Secrets.mask,
                rule: "has a line break or another control character in it"
            )
        }
        let user = try secret("MLFLOW_TRACKING_USERNAME")
        let password = try secret("MLFLOW_TRACKING_PASSWORD")
        if let user, let password { return .basic(user: user, password: password) }
        if let token = try secret("MLFLOW_TRACKING_TOKEN") { return .bearer(token) }
        var host = self["DAGSHUB_CLIENT_HOST"] ?? "https://dagshub.com"
        while host.hasSuffix("/") { host.removeLast() }
        if case .server(let address) = place, address.hasPrefix(host + "/"),
            let token = try secret("DAGSHUB_USER_TOKEN")
        {
            let name = if let user { user } else { try secret("DAGSHUB_USERNAME") }
            return .basic(user: name ?? token, password: token)
        }
        return .none
    }

    /// The entries of the section `[mlflow]` of an INI file.
    private static func entries(_ text: String) -> [String: String] {
        var isOwn = false
        var entries: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingSpaces
            if line.hasPrefix("[") {
                isOwn = line == "[mlflow]"
            } else if isOwn, let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }),
                !line.hasPrefix("#"), !line.hasPrefix(";")
            {
                let key = line[..<sign].trimmingSpaces.lowercased()
                entries[key] = String(line[line.index(after: sign)...].trimmingSpaces)
            }
        }
        return entries
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
