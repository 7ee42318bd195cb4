private import FoundationEssentials
import Output
private import Tracking

/// Something that happened to a registered model: who did it, when and why.
///
/// Both kinds of store keep it as a tag of the registered model, whose key tells the order.
public struct AuditEvent: Codable, Equatable, Sendable {
    /// What happened.
    public enum Action: String, Codable, CaseIterable, Sendable {
        /// A version was registered.
        case register
        /// A version passed the gate and became the champion.
        case promote
        /// The gate refused a version.
        case refuse
        /// An earlier champion was called back.
        case rollback
    }

    /// What happened.
    public var action: Action
    /// The version that it happened to.
    public var version: Int
    /// The champion before; nil where there was none.
    public var from: Int?
    /// Who did it.
    public var who: String
    /// Milliseconds since 1970.
    public var when: Int64
    /// What they said it was for.
    public var why: String
    /// What the gate found; nil where it was not asked.
    public var gate: GateSummary?

    /// Creates an event; texts that are too long for a tag are cut.
    public init(
        _ action: Action,
        version: Int,
        from: Int?,
        who: String,
        when: Int64,
        why: String,
        gate: GateSummary? = nil
    ) {
        self.action = action
        self.version = version
        self.from = from
        self.who = Self.cut(who, to: 200)
        self.when = when
        self.why = Self.cut(why, to: 1_000)
        self.gate = gate
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
    }
}

extension AuditEvent {
    /// What the keys of events begin with.
    public static let keyPrefix = "retain.event."

    /// A tag's key: keys sort as events happened.
    ///
    /// - Parameter time: Milliseconds since 1970, above those of every earlier event.
    /// - Returns: The key.
    package static func key(time: Int64) -> String {
        let digits = String(time)
        // The end keeps two events of one millisecond apart that came from two machines.
        let end = String(UInt32.random(in: .min ... .max), radix: 16)
        return keyPrefix + String(repeating: "0", count: max(0, 13 - digits.count)) + digits + "."
            + String(repeating: "0", count: 8 - end.count) + end
    }

    /// The time in a key; nil where it is not the key of an event.
    static func time(inKey key: String) -> Int64? {
        guard key.hasPrefix(keyPrefix) else { return nil }
        let parts = key.dropFirst(keyPrefix.count).split(separator: ".")
        guard parts.count == 2, parts[0].utf8.count == 13, let time = Int64(parts[0]), time >= 0
        else { return nil }
        return time
    }

    /// The tag's value: JSON of at most 5,000 characters.
    ///
    /// Checks that were passed are left out, the last first, where there are more than fit; then others.
    ///
    /// - Throws: `EncodingError`, which no event gives.
    /// - Complexity: O(checks²) where some are left out.
    package func tag() throws -> String {
        var event = self
        while true {
            let text = String(decoding: try encodedJSON(event), as: UTF8.self)
            guard text.unicodeScalars.count > TrackingLimits.registryTagLength,
                event.gate?.dropOne() == true
            else { return text }
        }
    }

    /// The event in a tag's value; nil where there is none.
    package init?(tag: String) {
        guard let event = try? JSONDecoder().decode(Self.self, from: Data(tag.utf8)) else {
            return nil
        }
        self = event
    }
}

/// What the gate found, as short as a tag must be.
public struct GateSummary: Codable, Equatable, Sendable {
    /// Whether every check was passed.
    public var passed: Bool
    /// The file, without its folder.
    public var data: String
    /// SHA-256 of the file; nil for standard input.
    public var digest: String?
    /// Rows that were judged.
    public var rows: Int
    /// What was measured.
    public var checks: [Check]
    /// Checks that did not fit.
    public var left: Int

    /// One check.
    public struct Check: Codable, Equatable, Sendable {
        /// What was asked.
        public var question: GateCheck.Question
        /// The column that a gap is about.
        public var column: String?
        /// What was held against the bound.
        public var value: Double?
        /// The bound.
        public var bound: Double?
        /// Whether nothing spoke against the challenger.
        public var passed: Bool
    }

    /// The essence of a report.
    public init(_ report: GateReport) {
        passed = report.passed
        data = String(report.data.suffix(200))
        digest = report.digest
        rows = report.judgedRows
        checks = report.checks.map {
            Check(
                question: $0.question,
                column: $0.column.map { String($0.prefix(100)) },
                value: $0.difference ?? $0.value,
                bound: $0.bound,
                passed: $0.passed
            )
        }
        left = 0
    }

    /// Leaves out a check; false where there is none.
    fileprivate mutating func dropOne() -> Bool {
        guard let place = checks.lastIndex(where: \.passed) ?? checks.indices.last else {
            return false
        }
        checks.remove(at: place)
        left += 1
        return true
    }
}
