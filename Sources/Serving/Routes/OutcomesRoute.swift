import FoundationEssentials
import Hummingbird
import PredictionLog
import Wire

extension PredictionService {
    /// `POST /outcomes`: what became of customers, joined to their predictions.
    func outcomes(_ request: Request) async throws -> Reply {
        guard let log else {
            throw Problem(.serviceUnavailable, "This service keeps no record of its predictions.")
        }
        try request.headers.requireJSON()
        let body = try await request.bytes(upTo: limits.bodyBytes)
        var given = try slot.current.outcomes.outcomes(body)
        var outcomes: [Outcome] = []
        for (place, row) in given.rows.enumerated() {
            guard let outcome = Outcome(row) else {
                let rule = "is no date; write 2026-11-24 or 2026-11-24T10:30:00Z"
                given.add(rule, row: place, field: "date")
                continue
            }
            outcomes.append(outcome)
        }
        guard given.problems.isEmpty else { throw Problem(given.problems) }
        return Reply(summary(try await record(outcomes, in: log), of: outcomes))
    }

    /// The predictions that outcomes belong to, waiting for those that were answered a moment ago.
    private func record(_ outcomes: [Outcome], in log: PredictionLog) async throws -> [String?] {
        var found = try await log.record(outcomes)
        let missing = found.indices.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        try await queue.settle()
        for (place, id) in zip(missing, try await log.record(missing.map { outcomes[$0] })) {
            found[place] = id
        }
        return found
    }

    private func summary(_ found: [String?], of outcomes: [Outcome]) -> [UInt8] {
        var json = Array("{\"recorded\":\(found.count { $0 != nil }),\"unmatched\":[".utf8)
        var isFirst = true
        for (place, id) in found.enumerated() where id == nil {
            json += "\(isFirst ? "" : ","){\"index\":\(place),\"problem\":".utf8
            isFirst = false
            switch outcomes[place].subject {
            case .prediction: json.appendJSON("there is no such prediction in the log")
            case .customer:
                json.appendJSON("there is no prediction for this customer at or before that date")
            }
            json.append(UInt8(ascii: "}"))
        }
        return json + "]}".utf8
    }
}

extension Outcome {
    /// Nil where the date is none.
    fileprivate init?(_ row: OutcomeRows.Row) {
        let subject: Subject
        if let prediction = row.prediction {
            subject = .prediction(id: prediction)
        } else {
            guard let time = row.date.map(Self.milliseconds) ?? Int64.max else { return nil }
            subject = .customer(row.customer ?? "", before: time)
        }
        self.init(subject: subject, left: row.left, treated: row.treated, treatment: row.treatment)
    }

    /// A time, or the last moment of a day in UTC: RFC 3339.
    private static func milliseconds(_ text: String) -> Int64? {
        let time = try? Date(text, strategy: .iso8601)
        let precise = try? Date(
            text,
            strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        )
        if let time = time ?? precise { return Int64(time.timeIntervalSince1970 * 1000) }
        let day = try? Date(text, strategy: .iso8601.year().month().day())
        return day.map { Int64($0.timeIntervalSince1970 * 1000) + 86_399_999 }
    }
}
