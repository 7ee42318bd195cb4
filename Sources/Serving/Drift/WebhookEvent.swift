import FoundationEssentials
import Logging
import Output
import Wire

/// Something that happened, to be told to another service.
public struct WebhookEvent: Equatable, Sendable {
    /// What happened, by levels with dots between: `drift.verdict.changed`.
    public var type: String
    /// When it happened, milliseconds since 1970.
    public var time: Int64
    /// What there is to know of it, JSON.
    public var data: [UInt8]

    /// Creates an event.
    public init(type: String, time: Int64, data: [UInt8]) {
        self.type = type
        self.time = time
        self.data = data
    }

    /// What is sent: `{"type": …, "timestamp": …, "data": …}`, on one line.
    var body: [UInt8] {
        let date = Date(timeIntervalSince1970: Double(time) / 1000)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let event: JSONValue = [
            "type": .string(type), "timestamp": .string(date.formatted(style)),
            "data": .literal(String(decoding: data, as: UTF8.self)),
        ]
        return event.bytes()
    }

    /// The whole of it, for a log.
    var metadata: Logger.Metadata {
        [
            "type": "\(type)", "time": "\(time)",
            "data": "\(String(decoding: data, as: UTF8.self))",
        ]
    }
}
