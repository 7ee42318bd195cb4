import FoundationEssentials
import Schema

/// The fields of an outcome.
enum OutcomeField: String, CaseIterable {
    case prediction = "prediction_id"
    case customer, date, left, contacted
    case offerTaken = "offer_taken"
    case treatment, cost, occurred, by

    /// The name of before: outcomes were told of treated customers.
    static let formerContacted = "treated"

    /// A field by the name that a file or request gives it; nil for others.
    init?(named name: String) {
        guard name == Self.formerContacted else {
            self.init(rawValue: name)
            return
        }
        self = .contacted
    }

    static let list = (allCases.map(\.rawValue) + [formerContacted]).joined(separator: ", ")
}

extension OutcomeRows.Row {
    /// Takes a field in.
    ///
    /// - Parameters:
    ///   - field: Which one.
    ///   - value: What is given for it.
    ///   - truth: What a value means that says yes or no.
    /// - Returns: What is wrong with the value.
    mutating func set(
        _ field: OutcomeField,
        to value: FieldValue,
        truth: (FieldValue) -> Bool?
    ) -> String? {
        if case .null = value { return nil }
        switch (field, value) {
        case (.left, _), (.contacted, _), (.offerTaken, _):
            guard let answer = truth(value) else {
                return "is neither true nor false; write one of them"
            }
            if field == .left { left = answer }
            if field == .contacted { contacted = answer }
            if field == .offerTaken { offerTaken = answer }
        case (.customer, .text(let text)), (.customer, .number(_, let text)):
            customer = Self.string(text)
        case (.cost, .number(let number, _)):
            guard number >= 0, number.isFinite else {
                return "must be 0 or more; write what contact and offer cost"
            }
            cost = number
        case (.cost, _): return "is no number; write what contact and offer cost"
        case (.date, .text(let text)):
            date = Self.time(Self.string(text), endOfDay: true)
            if date == nil { return Self.noDate }
        case (.occurred, .text(let text)):
            occurred = Self.time(Self.string(text), endOfDay: false)
            if occurred == nil { return Self.noDate }
        case (.prediction, .text(let text)): prediction = Self.string(text)
        case (.treatment, .text(let text)): treatment = Self.string(text)
        case (.by, .text(let text)): by = Self.string(text)
        default: return "is not a text; write it between double quotes"
        }
        return nil
    }

    /// What does not go together, each with the field that is to be mended.
    var conflicts: [(field: String?, problem: String)] {
        var found: [(field: String?, problem: String)] = []
        if (prediction == nil) == (customer == nil) {
            found.append((nil, "needs either prediction_id or customer; give one of them"))
        }
        if left == nil, contacted == nil, offerTaken == nil, cost == nil {
            found.append(("left", "is missing; say true or false"))
        }
        if occurred != nil, left != true {
            found.append(
                ("occurred", "says when the customer left, and left is not true; mend one")
            )
        }
        if offerTaken == true, contacted == false {
            found.append(("offer_taken", "is true and contacted is false; mend one"))
        }
        return found
    }

    private static let noDate = "is no date; write 2026-11-24 or 2026-11-24T10:30:00Z"

    private static func string(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text, as: UTF8.self)
    }

    /// A time, or the first or last moment of a day in UTC: RFC 3339, milliseconds since 1970.
    private static func time(_ text: String, endOfDay: Bool) -> Int64? {
        // Foundation takes the 30th of February for the 2nd of March.
        guard Day(String(text.prefix(10))) != nil else { return nil }
        let time = try? Date(text, strategy: .iso8601)
        let precise = try? Date(
            text,
            strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        )
        if let time = time ?? precise { return milliseconds(time) }
        let day = try? Date(text, strategy: .iso8601.year().month().day())
        return day.flatMap { milliseconds($0) }.map { endOfDay ? $0 + 86_399_999 : $0 }
    }

    private static func milliseconds(_ date: Date) -> Int64? {
        let value = date.timeIntervalSince1970 * 1000
        // Far from where arithmetic of times could overflow.
        return abs(value) < 1e15 ? Int64(value) : nil
    }
}
