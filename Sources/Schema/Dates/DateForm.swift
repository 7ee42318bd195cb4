/// How the dates of a column are written; the raw value is the word for it in `retain.yaml`.
public enum DateForm: String, CaseIterable, Codable, Sendable {
    /// ISO 8601, `2023-10-31` or `20231031`, also with time and zone.
    case iso
    /// Year, month, day: `2023/10/31`, `2023.1.5`.
    case ymd
    /// Day, month, year: `31/10/2023`, `5.1.23`.
    case dmy
    /// Month, day, year: `10/31/2023`, `1/5/23`.
    case mdy
    /// With the month's name: `31 Oct 2023`, `October 31, 2023`, `31 de outubro de 2023`.
    case named
    /// Months without a day: `2023-10`, `202310`, `10/2023`, `Oct 2023`.
    case month
    /// Seconds since 1970.
    case epoch
    /// Milliseconds since 1970.
    case epochMilliseconds = "epoch_ms"

    /// What a field says.
    package enum Reading: Equatable, Sendable {
        case day(Day)
        /// A date that stands for none, as `0000-00-00` and `9999-12-31` do.
        case never
    }

    /// The years in which a customer's dates lie: what lies before or after is a typing mistake.
    static let years = 1800 ... 2300

    /// Whether dates are texts that no number is.
    var isText: Bool {
        switch self {
        case .iso, .ymd, .dmy, .mdy, .named, .month: true
        case .epoch, .epochMilliseconds: false
        }
    }

    /// The last day of October 2023 in this form.
    var example: String {
        switch self {
        case .iso: "2023-10-31"
        case .ymd: "2023/10/31"
        case .dmy: "31/10/2023"
        case .mdy: "10/31/2023"
        case .named: "31 Oct 2023"
        case .month: "2023-10"
        case .epoch: "1698710400"
        case .epochMilliseconds: "1698710400000"
        }
    }

    /// What a field says, blanks around it passed over; nil where it is no date of this form.
    ///
    /// An instant with a zone counts by its day in UTC; without one by the day that is written.
    package func read(_ text: String) -> Reading? {
        var cursor = DateCursor(text.trimmed)
        switch self {
        case .iso: return cursor.iso()
        case .ymd: return cursor.numeric([.year, .month, .day])
        case .dmy: return cursor.numeric([.day, .month, .year])
        case .mdy: return cursor.numeric([.month, .day, .year])
        case .named: return cursor.named()
        case .month: return cursor.month()
        case .epoch: return Self.epoch(text, unit: 1)
        case .epochMilliseconds: return Self.epoch(text, unit: 1000)
        }
    }

    /// Zero is what programs write for "never".
    private static func epoch(_ text: String, unit: Double) -> Reading? {
        guard let value = number(in: text, decimalComma: false) else { return nil }
        return value == 0 ? .never : instant(value / unit)
    }

    private static func instant(_ seconds: Double) -> Reading? {
        guard abs(seconds) < 1e11 else { return nil }
        let day = Day(secondsSince1970: seconds)
        return years.contains(day.civil.year) ? .day(day) : nil
    }

    /// Days from a date to the one that is counted back from; months count from first day to first day, so that it does
    /// not matter on which day of a month one looks.
    package func age(of day: Day, before reference: Day) -> Double {
        switch self {
        case .month: Double(reference.monthStart.number - day.monthStart.number)
        case .iso, .ymd, .dmy, .mdy, .named, .epoch, .epochMilliseconds:
            Double(reference.number - day.number)
        }
    }
}
