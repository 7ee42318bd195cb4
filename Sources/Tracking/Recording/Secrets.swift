extension RunBatch {
    /// The same with every secret's value replaced.
    public var withoutSecrets: Self {
        var safe = self
        safe.params = params.withoutSecrets
        safe.tags = tags.withoutSecrets
        return safe
    }
}

extension [String: String] {
    /// The same with every secret's value replaced.
    var withoutSecrets: Self {
        reduce(into: [:]) { safe, entry in
            safe[entry.key] =
                Secrets.isSecret(name: entry.key) ? Secrets.mask : Secrets.masked(entry.value)
        }
    }
}

/// What must never be written down where others read it.
enum Secrets {
    static let mask = "***"
    private static let words = [
        "password", "passwd", "token", "secret", "apikey", "credential", "privatekey", "accesskey",
    ]

    /// Whether a name is one under which people keep secrets, however it is spelt.
    static func isSecret(name: String) -> Bool {
        let letters = name.lowercased().filter(\.isLetter)
        return words.contains { letters.contains($0) }
    }

    /// A text in which passwords are replaced: in addresses (`http://name:password@host`), and after
    /// `--token` or `password=`.
    static func masked(_ text: String) -> String {
        var hidesNext = false
        return text.split(separator: " ", omittingEmptySubsequences: false).map { part in
            defer {
                hidesNext =
                    part.hasPrefix("-") && isSecret(name: String(part)) && !part.contains("=")
            }
            return hidesNext ? mask : maskedPart(part)
        }.joined(separator: " ")
    }

    private static func maskedPart(_ part: Substring) -> String {
        if let equals = part.firstIndex(of: "="), isSecret(name: String(part[..<equals])) {
            return part[...equals] + mask
        }
        guard let scheme = part.firstRange(of: "://") else { return String(part) }
        let rest = part[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return String(part) }
        return part[..<scheme.upperBound] + mask + rest[at...]
    }
}
