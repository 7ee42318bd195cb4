import Configuration
import Files
import FoundationEssentials
import Logging
import Output
import Record
import Serving
import SystemPackage
import Yams

/// How a service is run: flags first, then the environment (`RETAIN_MAX_BODY`), then a file.
struct ServeSettings {
    /// What the model is called; nil leaves it to where the model comes from.
    let name: String?
    let host: String
    let port: Int
    let limits: ServiceLimits
    let keys: String?
    let certificate: CertificateFiles?
    /// Nil where predictions are not kept.
    let database: String?
    let retention: Retention
    /// Whether somebody says for how many days predictions are kept.
    private let givesDays: Bool
    let shadow: String?
    /// Whether a champion need not have passed the gate.
    let takesUngated: Bool
    /// Whether the desk's pages are served; they need a record.
    let hasDesk: Bool
    /// Whether the service ends with its standard input.
    let endsWithInput: Bool
    let poll: Duration
    /// Nil where nobody watches for drift.
    let drift: DriftWatching?
    /// Nil where nobody is told of drift.
    let webhook: WebhookEndpoint?
    let logLevel: Logger.Level
    let isJSON: Bool

    /// The keys of a file.
    static let names = [
        "model", "name", "host", "port", "insecure", "keys", "rate", "explainRate",
        "tlsCertificate",
        "tlsKey", "maxBody",
        "maxInFlight", "maxConnections", "database", "keepDays", "keepRows", "shadow", "ungated",
        "poll",
        "driftEvery", "driftWindow", "webhook", "webhookSecret", "logLevel", "logFormat",
        "noDesk", "untilInputEnds",
    ]

    /// Holds settings against each other.
    ///
    /// - Throws: `SettingError`.
    init(_ reader: SettingReader) throws(SettingError) {
        name = try reader.text("name")
        if let name, !PathName.isPlain(name) {
            throw SettingError(
                name: "name",
                problem:
                    "is \"\(name)\" and must be of at most 100 letters, digits, - _ and ., since it stands in addresses"
            )
        }
        host = try reader.text("host") ?? "127.0.0.1"
        port = try reader.count("port", 0 ... 65535) ?? 8080
        keys = try reader.text("keys")
        shadow = try reader.text("shadow")
        takesUngated = try reader.truth("ungated") ?? false
        hasDesk = try reader.truth("noDesk") != true
        endsWithInput = try reader.truth("untilInputEnds") == true
        var limits = ServiceLimits()
        limits.bodyBytes = try reader.count("maxBody", 1 ... 1 << 30) ?? limits.bodyBytes
        limits.requestsInFlight =
            try reader.count("maxInFlight", 1 ... 1 << 20) ?? limits.requestsInFlight
        limits.connections = try reader.count("maxConnections", 1 ... 1 << 20) ?? limits.connections
        limits.requestsPerSecond = try reader.number("rate")
        limits.explanationsPerSecond =
            try reader.number("explainRate") ?? limits.explanationsPerSecond
        self.limits = limits
        let database = try reader.text("database") ?? "retain.db"
        self.database = database == "none" ? nil : database
        let usual = Retention()
        let days = try reader.count("keepDays", 1 ... 36_500)
        givesDays = days != nil
        retention = Retention(
            days: days ?? usual.days,
            rows: try reader.count("keepRows", 1 ... 1 << 40) ?? usual.rows
        )
        poll = .seconds(try reader.count("poll", 1 ... 86_400) ?? 10)
        let watching = DriftWatching(
            pause: .seconds(try reader.count("driftEvery", 1 ... 86_400) ?? 60),
            windowRows: try reader.count("driftWindow", 0 ... 1 << 30) ?? 3_000
        )
        drift = watching.windowRows == 0 ? nil : watching
        webhook = try Self.webhook(reader)
        logLevel = try reader.choice("logLevel", Logger.Level.allCases) ?? .notice
        isJSON = try reader.choice("logFormat", LogFormat.allCases) == .json

        switch (try reader.text("tlsCertificate"), try reader.text("tlsKey")) {
        case (nil, nil): certificate = nil
        case (let certificate?, let key?):
            self.certificate = CertificateFiles(certificate: certificate, key: key)
        default:
            throw SettingError(
                name: "tlsCertificate",
                problem: "and tlsKey belong together; give both or neither"
            )
        }
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard try reader.truth("insecure") == true || isLocal || keys != nil else {
            throw SettingError(
                name: "host",
                problem: "\(host) is open to other machines and anybody could ask: make keys with"
                    + " `retain key` and name them with --keys, or say --insecure"
            )
        }
    }

    /// Where verdicts that change are told; its secret is never a flag, which others could read.
    private static func webhook(_ reader: SettingReader) throws(SettingError) -> WebhookEndpoint? {
        let secret = try reader.text("webhookSecret")
        guard let address = try reader.text("webhook") else { return nil }
        do {
            return try WebhookEndpoint(
                address,
                secrets: secret ?? "",
                isInsecure: try reader.truth("insecure") == true
            )
        } catch let error as SettingError {
            throw error
        } catch {
            throw SettingError(name: "webhook", problem: "\(error)")
        }
    }

    private enum LogFormat: String, CaseIterable {
        case text, json
    }
}

/// Reads settings from where they may be.
struct SettingReader {
    private let reader: ConfigReader

    /// Opens the file, if there is one.
    ///
    /// - Parameters:
    ///   - given: The flags.
    ///   - file: Path of a YAML file.
    ///   - environment: The process's.
    /// - Throws: `SettingError`, `FileError`.
    init(
        _ given: [AbsoluteConfigKey: ConfigValue],
        file: String?,
        environment: [String: String]
    ) async throws {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: given),
            EnvironmentVariablesProvider(environmentVariables: environment)
                .prefixKeys(with: "retain"),
        ]
        if let file {
            try Self.check(file)
            providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
        }
        reader = ConfigReader(providers: providers)
    }

    /// A key that nothing reads is a mistake that would go unseen.
    private static func check(_ file: String) throws {
        let text = String(decoding: try BlockReader.contents(of: file), as: UTF8.self)
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw SettingError(name: file, problem: "is no YAML: \(error)")
        }
        guard let mapping = node?.mapping else {
            throw SettingError(name: file, problem: "must be a list of name: value")
        }
        for key in mapping.keys.compactMap(\.string) where !ServeSettings.names.contains(key) {
            let known = ServeSettings.names.joined(separator: ", ")
            throw SettingError(name: file, problem: "\(key) is no setting; there are \(known)")
        }
    }

    func text(_ name: String) throws(SettingError) -> String? {
        reader.string(forKey: ConfigKey(name)).flatMap { $0.isEmpty ? nil : $0 }
    }

    func count(_ name: String, _ range: ClosedRange<Int>) throws(SettingError) -> Int? {
        let value = try typed(name, "a whole number", reader.int(forKey: ConfigKey(name)))
        guard let value else { return nil }
        guard range.contains(value) else {
            throw SettingError(
                name: name,
                problem: "is \(value) and must be in \(range.lowerBound)...\(range.upperBound)"
            )
        }
        return value
    }

    func number(_ name: String) throws(SettingError) -> Double? {
        let value = try typed(name, "a number", reader.double(forKey: ConfigKey(name)))
        guard let value else { return nil }
        guard value > 0, value.isFinite else {
            throw SettingError(name: name, problem: "is \(value) and must be above 0")
        }
        return value
    }

    func truth(_ name: String) throws(SettingError) -> Bool? {
        try typed(name, "true or false", reader.bool(forKey: ConfigKey(name)))
    }

    func choice<Choice: RawRepresentable<String>>(
        _ name: String,
        _ choices: [Choice]
    ) throws(SettingError) -> Choice? {
        guard let word = try text(name) else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let known = choices.map(\.rawValue).joined(separator: ", ")
            throw SettingError(name: name, problem: "\(word) is none of \(known)")
        }
        return choice
    }

    /// What is there and is not of the type would else count as not there.
    private func typed<Value>(
        _ name: String,
        _ kind: String,
        _ value: Value?
    ) throws(SettingError) -> Value? {
        if value == nil, let text = reader.string(forKey: ConfigKey(name)), !text.isEmpty {
            throw SettingError(name: name, problem: "is \"\(text)\" and must be \(kind)")
        }
        return value
    }
}

/// A setting that can't be used.
struct SettingError: RetainError, Equatable {
    let name: String
    let problem: String

    var exitStatus: ExitStatus { .usage }

    var description: String { "\(name): \(problem)" }
}

extension ServeSettings {
    /// Holds the days for which predictions are kept against the model's horizon, and tells where they are more.
    ///
    /// - Throws: `SettingError` where fewer are asked for.
    func checkRetention(horizonDays: Int?) throws(SettingError) {
        guard let horizonDays, database != nil else { return }
        let least = Retention.leastDays(horizonDays: horizonDays)
        guard retention.days < least else { return }
        guard !givesDays else {
            throw SettingError(
                name: "keepDays",
                problem:
                    "is \(retention.days), and the model's horizon is \(horizonDays) days: predictions must stay"
                    + " for that and a month in which outcomes arrive; give \(least) or more"
            )
        }
        note("Predictions are kept for \(least) days: the model's horizon and a month.")
    }

    /// Opens the record, where one is kept.
    func log() throws(RecordStoreError) -> (any RecordStore)? {
        guard let database else { return nil }
        return try openRecord(database, retention: retention)
    }

    /// Writes to standard error in the form and from the level that are set.
    func logger() -> Logger {
        let isJSON = isJSON
        var logger = Logger(label: "retain") { label in
            if isJSON { return JSONLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = logLevel
        return logger
    }
}
