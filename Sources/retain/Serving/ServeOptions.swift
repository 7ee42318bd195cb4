import ArgumentParser
import Configuration

/// The settings of `retain serve` as flags; what is not given comes from the environment or a file.
struct ServeOptions: ParsableArguments {
    @Option(help: "File with settings (YAML): these options' names, as maxBody: 1000000.")
    var config: String?

    @Option(
        help:
            "What the model is called in answers and addresses (default: a folder's last part, or the registered name)."
    )
    var name: String?

    @Option(help: "Address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "Port to listen on; 0 takes a free one (default: 8080).")
    var port: Int?

    @Flag(help: "Listen on more than this machine although anybody may ask then.")
    var insecure = false

    @Option(help: "File of the keys that callers need; `retain key` makes them.")
    var keys: String?

    @Option(help: "Requests a second of each key, or of each address without keys; more get 429.")
    var rate: Double?

    @Option(
        help: "Requests for reasons a second of each key or address (default: 10); more get 429."
    )
    var explainRate: Double?

    @Option(help: "Certificate chain (PEM); read again when it changes.")
    var tlsCertificate: String?

    @Option(help: "Key of the certificate (PEM).")
    var tlsKey: String?

    @Option(help: "Largest body of a request, in bytes (default: 16777216); larger ones get 413.")
    var maxBody: Int?

    @Option(help: "Requests in work at once (default: 1024); further ones get 503 at once.")
    var maxInFlight: Int?

    @Option(help: "Connections at once (default: 8192); further ones wait.")
    var maxConnections: Int?

    @Option(
        help:
            "Where predictions and outcomes are kept: a file, or postgres://user@host/database, which several services may share (default: retain.db); none keeps nothing."
    )
    var database: String?

    @Option(help: "Days for which predictions are kept (default: 90).")
    var keepDays: Int?

    @Option(help: "Predictions that are kept (default: 1000000).")
    var keepRows: Int?

    @Option(help: "A second model that is asked the same, for comparison in /metrics.")
    var shadow: String?

    @Flag(
        help:
            "Take a champion that has not passed the gate, as where MLflow's client moves the alias."
    )
    var ungated = false

    @Option(help: "Seconds between looks at the traffic for drift (default: 60).")
    var driftEvery: Int?

    @Option(
        help:
            "Newest predictions that are compared with the reference (default: 3000); 0 watches nothing."
    )
    var driftWindow: Int?

    @Option(
        help:
            "Address that is told of drift (https://…), signed with RETAIN_WEBHOOK_SECRET (whsec_…)."
    )
    var webhook: String?

    @Flag(help: "Answer the API alone, without the desk's pages at / and /desk.")
    var noDesk = false

    @Flag(
        help:
            "End, as by SIGTERM, once standard input ends: with the program that started the service."
    )
    var untilInputEnds = false

    @Option(help: "Seconds between looks for a new version under an alias (default: 10).")
    var poll: Int?

    @Option(
        help:
            "Least level of what is logged: trace, debug, info (each request), notice, warning, error."
    )
    var logLevel: String?

    @Option(help: "How logs are written: text or json (default: text).")
    var logFormat: String?

    /// What was given, by the names that files have.
    var given: [AbsoluteConfigKey: ConfigValue] {
        let texts = [
            "name": name, "host": host, "keys": keys, "tlsCertificate": tlsCertificate,
            "tlsKey": tlsKey,
            "webhook": webhook, "database": database, "shadow": shadow, "logLevel": logLevel,
            "logFormat": logFormat,
        ]
        let counts = [
            "port": port, "maxBody": maxBody, "maxInFlight": maxInFlight,
            "maxConnections": maxConnections, "keepDays": keepDays, "keepRows": keepRows,
            "poll": poll, "driftEvery": driftEvery, "driftWindow": driftWindow,
        ]
        var given: [AbsoluteConfigKey: ConfigValue] = [:]
        func set(_ key: String, _ content: ConfigContent) {
            given[AbsoluteConfigKey([key])] = ConfigValue(content, isSecret: false)
        }
        for (key, text) in texts { if let text { set(key, .string(text)) } }
        for (key, count) in counts { if let count { set(key, .int(count)) } }
        if let rate { set("rate", .double(rate)) }
        if let explainRate { set("explainRate", .double(explainRate)) }
        if insecure { set("insecure", .bool(true)) }
        if ungated { set("ungated", .bool(true)) }
        if noDesk { set("noDesk", .bool(true)) }
        if untilInputEnds { set("untilInputEnds", .bool(true)) }
        return given
    }
}
