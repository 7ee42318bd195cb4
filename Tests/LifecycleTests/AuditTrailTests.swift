import Foundation
import Lifecycle
import Testing

@Suite struct AuditTrailTests {
    private static func event(
        _ action: AuditEvent.Action,
        _ version: Int,
        from: Int?,
        when: Int64 = 1_700_000_000_000
    ) -> AuditEvent {
        AuditEvent(
            action,
            version: version,
            from: from,
            who: "ada",
            when: when,
            why: "a \"reason\""
        )
    }

    /// The tags after these events, written one after the other.
    private static func tags(_ events: [AuditEvent]) throws -> [String: String] {
        var tags = ["other": "x"]
        for event in events {
            let key = AuditTrail(tags: tags, champion: nil).key(now: event.when)
            tags[key] = try event.tag()
        }
        return tags
    }

    @Test func `events survive their tags`() throws {
        var event = Self.event(.refuse, 3, from: 2)
        event.gate = GateSummary(Self.report(slices: 2))
        let tag = try event.tag()
        #expect(AuditEvent(tag: tag) == event)
        #expect(tag.contains("\"action\":\"refuse\"") && !tag.contains("\n"))
        #expect(AuditEvent(tag: "{}") == nil)
        let key = AuditEvent.key(time: 1_700_000_000_000)
        #expect(key.count == "retain.event.".count + 13 + 1 + 8)
        #expect(key.hasPrefix("retain.event.1700000000000."))
    }

    @Test func `a tag has at most 5,000 characters`() throws {
        var event = AuditEvent(
            .promote,
            version: 1,
            from: nil,
            who: String(repeating: "w", count: 9_000),
            when: 0,
            why: String(repeating: "\u{1}", count: 9_000),
            gate: GateSummary(Self.report(slices: 300))
        )
        #expect(event.why.unicodeScalars.count == 1_000 && event.why.hasSuffix("…"))
        event.why = String(repeating: "é\"", count: 500)
        let tag = try event.tag()
        #expect(tag.unicodeScalars.count <= 5_000)
        let gate = try #require(AuditEvent(tag: tag)?.gate)
        #expect(gate.left > 200 && gate.checks.count + gate.left == 302)
        // What was refused stays longest.
        #expect(gate.checks.contains { !$0.passed })
    }

    @Test func `the history explains the champion`() throws {
        let tags = try Self.tags([
            Self.event(.register, 1, from: nil), Self.event(.promote, 1, from: nil),
            Self.event(.refuse, 2, from: 1), Self.event(.promote, 3, from: 1),
        ])
        let trail = AuditTrail(tags: tags, champion: 3)
        #expect(trail.entries.map(\.event.version) == [1, 1, 2, 3])
        #expect(trail.remarks.isEmpty && trail.entries.allSatisfy { $0.remark == nil })
        #expect(trail.explainsChampion && trail.rollbackTarget == 1)
        let text = trail.text
        #expect(text.contains("2023-11-14 22:13:20"), "\(text)")
        #expect(text.contains("The champion is version 3."))
    }

    @Test func `clocks that go backwards do not change the order`() throws {
        let tags = try Self.tags([
            Self.event(.promote, 1, from: nil, when: 5_000),
            Self.event(.promote, 2, from: 1, when: 4_000),
            Self.event(.promote, 3, from: 2, when: 1),
        ])
        let trail = AuditTrail(tags: tags, champion: 3)
        #expect(trail.entries.map(\.event.version) == [1, 2, 3])
        #expect(trail.entries.map(\.event.when) == [5_000, 4_000, 1])
        #expect(trail.remarks.isEmpty)
    }

    @Test func `rollbacks go back step by step`() throws {
        var events = [
            Self.event(.promote, 1, from: nil), Self.event(.promote, 2, from: 1),
            Self.event(.promote, 3, from: 2),
        ]
        var champion = 3
        for expected in [2, 1] {
            let trail = AuditTrail(tags: try Self.tags(events), champion: champion)
            #expect(trail.rollbackTarget == expected)
            events.append(Self.event(.rollback, expected, from: champion))
            champion = expected
        }
        #expect(AuditTrail(tags: try Self.tags(events), champion: 1).rollbackTarget == nil)
        events.append(Self.event(.promote, 4, from: 1))
        let trail = AuditTrail(tags: try Self.tags(events), champion: 4)
        #expect(trail.rollbackTarget == 1 && trail.remarks.isEmpty)
    }

    @Test func `an alias that no event explains is flagged`() throws {
        let tags = try Self.tags([
            Self.event(.promote, 1, from: nil), Self.event(.promote, 2, from: 1),
        ])
        let moved = AuditTrail(tags: tags, champion: 7)
        #expect(moved.remarks.count == 1 && !moved.explainsChampion)
        #expect(moved.text.contains("warning: the alias champion points to version 7"))
        #expect(moved.rollbackTarget == 2)
        // Interrupted between event and alias.
        let interrupted = AuditTrail(tags: tags, champion: 1)
        #expect(interrupted.remarks.count == 1 && interrupted.rollbackTarget == nil)
        let gone = AuditTrail(tags: tags, champion: nil)
        #expect(gone.remarks.first?.contains("points to nothing") == true)
        #expect(AuditTrail(tags: [:], champion: nil).remarks.isEmpty)
        #expect(AuditTrail(tags: [:], champion: 1).remarks.count == 1)
    }

    @Test func `a promotion that never reached the alias is no champion`() throws {
        let tags = try Self.tags([
            Self.event(.promote, 1, from: nil), Self.event(.promote, 2, from: 1),
            Self.event(.promote, 3, from: 1),
        ])
        let trail = AuditTrail(tags: tags, champion: 3)
        #expect(trail.entries[2].remark?.contains("version 1 was champion") == true)
        #expect(trail.chain == [1, 3] && trail.rollbackTarget == 1)
        #expect(trail.remarks.isEmpty)
    }

    @Test func `broken tags are named`() {
        let key = AuditEvent.key(time: 5)
        let trail = AuditTrail(tags: [key: "rubbish", "retain.event.x.y": "{}"], champion: nil)
        #expect(trail.remarks == ["the tag \(key) holds no event that can be read"])
    }

    private static func report(slices: Int) -> GateReport {
        let checks =
            [GateCheck(.rows, value: 500, side: .atLeast, bound: 200, passed: true, "")]
            + (0 ..< slices).map { number in
                GateCheck(
                    .recallGap,
                    column: "column \(number)",
                    value: 0.123456789,
                    bound: 0.1,
                    passed: false,
                    ""
                )
            } + [GateCheck(.logLoss, value: 0.3, difference: 0.01, passed: true, "")]
        return GateReport(
            challenger: "a",
            champion: nil,
            data: "b.csv",
            digest: String(repeating: "0", count: 64),
            rows: 500,
            judgedRows: 500,
            selection: "all",
            checks: checks,
            passed: false
        )
    }
}
