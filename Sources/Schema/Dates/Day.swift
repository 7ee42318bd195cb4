import FoundationEssentials

/// A day of the proleptic Gregorian calendar.
///
/// ```swift
/// let day = Day(year: 2023, month: 10, day: 31)!
/// print(day, day.number - Day(year: 2023, month: 1, day: 1)!.number)  // 2023-10-31 303
/// ```
public struct Day: Hashable, Sendable {
    /// Days since 1970-01-01, negative before it.
    public let number: Int

    /// Names a day by its distance from 1970-01-01.
    public init(number: Int) { self.number = number }

    /// Names a day as people do; nil where the month has no such day, or there is no such month.
    ///
    /// The arithmetic is Howard Hinnant's "chrono-compatible low-level date algorithms", 2014: years begin in March, so
    /// that the leap day comes last.
    public init?(year: Int, month: Int, day: Int) {
        guard (1 ... 12).contains(month), day >= 1, day <= Self.length(year, month) else {
            return nil
        }
        let shifted = month <= 2 ? year - 1 : year
        let era = Self.floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of the month.
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * place + 2) / 5 + 1
        )
    }

    /// The first day of its month.
    public var monthStart: Day { Day(number: number - civil.day + 1) }

    /// The day on which an instant lies in UTC.
    public init(secondsSince1970 seconds: Double) {
        number = Int((seconds / 86_400).rounded(.down))
    }

    /// The present day in UTC.
    public static var today: Day { Day(secondsSince1970: Date().timeIntervalSince1970) }

    private static func length(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        (value >= 0 ? value : value - divisor + 1) / divisor
    }
}

extension Day: Comparable {
    /// Whether one day lies before another.
    public static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}

extension Day: CustomStringConvertible {
    /// As ISO 8601 has it: `2023-10-31`.
    public var description: String {
        let (year, month, day) = civil
        func padded(_ value: Int, _ width: Int) -> String {
            let text = "\(value)"
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads a date as ISO 8601 has it, time and zone passed over; nil for anything else.
    public init?(_ text: String) {
        guard case .day(let day) = DateForm.iso.read(text) else { return nil }
        self = day
    }
}

/// As text.
extension Day: Codable {
    /// Reads `"2023-10-31"`.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        let text = try value.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: value,
                debugDescription: "\"\(text)\" is no date"
            )
        }
        self = day
    }

    /// Writes `"2023-10-31"`.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(description)
    }
}
