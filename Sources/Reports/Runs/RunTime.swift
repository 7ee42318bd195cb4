import FoundationEssentials
import Texts

/// How moments and durations of runs are written; moments are milliseconds since 1970.
package enum RunTime {
    /// `2026-11-24 03:17:05 UTC`; `n/a` outside of the years that four digits can name.
    package static func moment(_ moment: Int64) -> String {
        guard let date = date(moment) else { return "n/a" }
        return date.formatted(style.time(includingFractionalSeconds: false)) + " UTC"
    }

    /// The same in words of a language, where that is not English: `24 nov. 2026, 03:17 UTC`.
    static func moment(_ moment: Int64, _ language: Language) -> String {
        switch language {
        case .english: Self.moment(moment)
        case .portuguese: date(moment) == nil ? "n/d" : language.moment(moment)
        }
    }

    /// `2026-11-24`.
    package static func day(_ moment: Int64) -> String {
        date(moment).map { $0.formatted(style) } ?? "n/a"
    }

    /// `2026-11-24T03:17:05.120Z`, for programs.
    static func iso8601(_ moment: Int64) -> String? {
        date(moment)?.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// `5 min ago`; after a week the day.
    package static func ago(_ moment: Int64, now: Int64) -> String {
        let (passed, overflow) = now.subtractingReportingOverflow(moment)
        guard !overflow, passed >= 0 else { return day(moment) }
        let seconds = passed / 1_000
        return switch seconds {
        case ..<60: "\(seconds) s ago"
        case ..<3_600: "\(seconds / 60) min ago"
        case ..<86_400: "\(seconds / 3_600) h ago"
        case ..<172_800: "1 day ago"
        case ..<604_800: "\(seconds / 86_400) days ago"
        default: day(moment)
        }
    }

    /// `0.42 s`, `4.2 s`, `42 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`.
    package static func duration(_ milliseconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = milliseconds / 1_000
        switch milliseconds {
        case ..<0: return "n/a"
        case ..<1_000: return "0." + two(milliseconds / 10) + " s"
        case ..<10_000: return "\(seconds).\(milliseconds % 1_000 / 100) s"
        case ..<60_000: return "\(seconds) s"
        case ..<3_600_000: return "\(seconds / 60) min \(two(seconds % 60)) s"
        case ..<86_400_000: return "\(seconds / 3_600) h \(two(seconds / 60 % 60)) min"
        default: return "\(seconds / 86_400) d \(two(seconds / 3_600 % 24)) h"
        }
    }

    /// How long it took; with an ellipsis how long it has gone on.
    package static func duration(from start: Int64, to end: Int64?, now: Int64) -> String {
        let (passed, overflow) = (end ?? now).subtractingReportingOverflow(start)
        guard !overflow, passed >= 0 else { return "n/a" }
        return duration(passed) + (end == nil ? "…" : "")
    }

    /// The same with the marks of a language: `4,2 s`.
    static func duration(
        from start: Int64,
        to end: Int64?,
        now: Int64,
        _ language: Language
    ) -> String {
        let text = duration(from: start, to: end, now: now)
        return text == "n/a" ? language(text, "n/d") : language.marked(text)
    }

    private static let style = Date.ISO8601FormatStyle(
        dateTimeSeparator: .space,
        timeZone: .gmt
    ).year().month().day()

    /// The moment, where a year of four digits names it.
    private static func date(_ moment: Int64) -> Date? {
        guard (-62_135_596_800_000 ... 253_402_300_799_999).contains(moment) else { return nil }
        return Date(timeIntervalSince1970: Double(moment) / 1_000)
    }
}
