extension Language {
    /// A day: `30 Nov 2026`, `30 nov. 2026`; the day in UTC of a moment in milliseconds since 1970.
    public func date(_ milliseconds: Int64) -> String {
        let day = CivilDay(milliseconds)
        let month = monthNames[day.month - 1]
        return "\(day.day)\u{A0}\(month)\u{A0}\(day.year)"
    }

    /// A moment: `30 Nov 2026, 14:05 UTC`, `30 nov. 2026, 14:05 UTC`; in milliseconds since 1970.
    public func moment(_ milliseconds: Int64) -> String {
        "\(date(milliseconds)), \(CivilDay(milliseconds).clock)\u{A0}UTC"
    }

    /// The day of the week in UTC: `Monday`, `segunda-feira`; of a moment in milliseconds since 1970.
    public func weekday(_ milliseconds: Int64) -> String {
        let place = CivilDay(milliseconds).weekday
        return switch self {
        case .english:
            [
                "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
            ][place]
        case .portuguese:
            [
                "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira",
                "sábado", "domingo",
            ][place]
        }
    }

    /// A moment as machines read it in any language: `2026-11-30T14:05Z`; in milliseconds since 1970.
    public static func machineMoment(_ milliseconds: Int64) -> String {
        let day = CivilDay(milliseconds)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(day.year)-\(two(day.month))-\(two(day.day))T\(day.clock)Z"
    }

    private var monthNames: [String] {
        switch self {
        case .english:
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        case .portuguese:
            [
                "jan.", "fev.", "mar.", "abr.", "maio", "jun.", "jul.", "ago.", "set.", "out.",
                "nov.", "dez.",
            ]
        }
    }
}

/// A moment on the Gregorian calendar in UTC.
///
/// Howard Hinnant, "chrono-compatible low-level date algorithms", 2021: years begin in March, so that the leap day is
/// their last.
private struct CivilDay {
    let year, month, day: Int
    /// From 0, Monday, to 6.
    let weekday: Int
    /// Hours and minutes.
    let clock: String

    init(_ milliseconds: Int64) {
        func floored(_ number: Int, _ divisor: Int) -> Int {
            number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
        }
        let minutes = floored(Int(milliseconds), 60_000)
        let days = floored(minutes, 1_440)
        let shifted = days + 719_468
        let era = floored(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * place + 2) / 5 + 1
        month = place < 10 ? place + 3 : place - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = days + 3 - floored(days + 3, 7) * 7
        let rest = minutes - days * 1_440
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        clock = "\(two(rest / 60)):\(two(rest % 60))"
    }
}
