import Charts
import FoundationEssentials
import Reports
public import Tracking

/// What happened to a registered model, in order, held against where its champion alias points now.
public struct AuditTrail: Codable, Equatable, Sendable {
    /// The alias of the version in use.
    public static let alias = "champion"

    /// An event and what is odd about it.
    public struct Entry: Codable, Equatable, Sendable {
        /// The tag's key.
        public let key: String
        /// What happened.
        public let event: AuditEvent
        /// What does not fit the events before it; nil where all does.
        public let remark: String?
    }

    /// The events, the earliest first.
    public let entries: [Entry]
    /// The version that the alias points to; nil where there is none.
    public let champion: Int?
    /// What does not fit; empty where the events explain the alias.
    public let remarks: [String]
    /// Champions that may be called back, the earliest first; the last is the one that the events end with.
    package let chain: [Int]
    /// The time in the last key.
    private let lastTime: Int64

    /// Reads the trail of a registered model.
    ///
    /// - Complexity: O(*n* log *n*) in the tags.
    public init(tags: [String: String], champion: Int?) {
        let keys = tags.keys.filter { AuditEvent.time(inKey: $0) != nil }.sorted()
        var entries: [Entry] = []
        var remarks: [String] = []
        var walk = Walk()
        for key in keys {
            guard let event = tags[key].flatMap(AuditEvent.init(tag:)) else {
                remarks.append("the tag \(key) holds no event that can be read")
                continue
            }
            entries.append(Entry(key: key, event: event, remark: walk.take(event)))
        }
        if walk.champion != champion {
            remarks.append(Self.unexplained(alias: champion, events: walk.champion))
        }
        self.entries = entries
        self.champion = champion
        self.remarks = remarks
        chain = walk.chain
        lastTime = keys.last.flatMap(AuditEvent.time(inKey:)) ?? 0
    }

    /// Reads the trail of a registered model.
    public init(_ model: RegisteredModel) {
        self.init(tags: model.tags, champion: model.aliases[Self.alias])
    }

    /// Whether the events end with the present champion.
    public var explainsChampion: Bool { chain.last == champion }

    /// The version that a rollback returns to; nil where there is none.
    ///
    /// It is the champion before the present one, leaving out those that were called off themselves. Where
    /// no event explains the present one, it is the champion with which the events end.
    public var rollbackTarget: Int? {
        guard let champion, let place = chain.lastIndex(of: champion) else { return chain.last }
        return place > 0 ? chain[place - 1] : nil
    }

    /// The key of an event that happens now.
    ///
    /// Its time is after those of all earlier events even where the clocks of two machines differ; the
    /// event itself keeps what its clock said.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: A key that no event has.
    package func key(now: Int64) -> String { AuditEvent.key(time: max(now, lastTime + 1)) }

    private static func unexplained(alias: Int?, events: Int?) -> String {
        let points = alias.map { "points to version \($0)" } ?? "points to nothing"
        let says = events.map { "the events end with version \($0)" } ?? "no event made a champion"
        return
            "the alias champion \(points), but \(says): it was moved by other means than Retain, or"
            + " Retain was interrupted; promote or roll back to settle it"
    }
}

/// The events replayed, one by one.
private struct Walk {
    var champion: Int?
    var chain: [Int] = []

    /// Takes an event and tells what does not fit.
    mutating func take(_ event: AuditEvent) -> String? {
        guard event.action != .register else { return nil }
        var remark: String?
        if event.from != champion {
            let found = event.from.map { "version \($0) was champion" } ?? "there was no champion"
            let known = champion.map { "the events before end with version \($0)" }
            remark = "\(found), but \(known ?? "no event before made one")"
            champion = event.from
            // A promotion that never reached the alias leaves no champion to return to.
            if let from = event.from, let place = chain.lastIndex(of: from) {
                chain.removeSubrange((place + 1)...)
            }
        }
        switch event.action {
        case .register, .refuse: break
        case .promote:
            champion = event.version
            if chain.last != event.version { chain.append(event.version) }
        case .rollback:
            champion = event.version
            if let place = chain.lastIndex(of: event.version) {
                chain.removeSubrange((place + 1)...)
            } else {
                chain.append(event.version)
            }
        }
        return remark
    }
}

extension AuditTrail {
    /// The table of events, the latest first, and what does not fit.
    public var text: String {
        var text = TextTable(
            columns: [
                ("When (UTC)", .left), ("Who", .left), ("Action", .left), ("Version", .right),
                ("Champion before", .right), ("Gate", .left), ("Why", .left),
            ],
            rows: entries.reversed().map(\.event.cells)
        ).text
        text += "\nThe champion is \(champion.map { "version \($0)" } ?? "no version").\n"
        let odd = entries.compactMap { entry in
            entry.remark.map { "\(utcTime(entry.event.when)): \($0)" }
        }
        for remark in odd + remarks { text += "warning: \(remark)".printable + "\n" }
        return text
    }
}

extension AuditEvent {
    fileprivate var cells: [String] {
        let failed = gate.map { gate in
            gate.passed
                ? "passed"
                : "refused: "
                    + gate.checks.filter { !$0.passed }.map { check in
                        check.question.rawValue + (check.column.map { " \($0)" } ?? "")
                    }.joined(separator: ", ")
        }
        return [
            utcTime(when), who, action.rawValue, "\(version)", from.map { "\($0)" } ?? "",
            failed ?? "", why,
        ]
    }
}

/// A moment as `2026-01-31 09:30:00`, UTC.
public func utcTime(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        .formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(
                includingFractionalSeconds: false
            )
        )
}
