import Files
import FoundationEssentials
import Logging
import Output
import Wire

/// Writes each event as one line of JSON to standard error, for programs that gather logs.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.write(Self.line(event, metadata, at: .now))
    }

    static func line(_ event: LogEvent, _ metadata: Logger.Metadata, at time: Date) -> String {
        var fields = [
            ("time", time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            ("level", event.level.rawValue), ("message", "\(event.message)"),
        ]
        if let error = event.error { fields.append(("error", "\(error)")) }
        let names = Set(fields.map(\.0))
        fields +=
            metadata.merging(event.metadata ?? [:]) { $1 }
            .filter { !names.contains($0.key) }
            .sorted { $0.key < $1.key }
            .map { ($0.key, "\($0.value)") }
        return JSONValue.object(fields.map { ($0, .string($1)) }).text() + "\n"
    }
}
