private import FoundationEssentials

/// A week as ISO 8601 has it: from Monday 00:00 to Sunday, in UTC.
struct PredictionWeek: Comparable {
    /// Days from 1970-01-01 to the Monday.
    let monday: Int64

    /// The week of a moment in milliseconds since 1970.
    init(holding time: Int64) {
        let milliseconds: Int64 = 86_400_000
        let remainder = time % milliseconds
        // Division rounds towards 0, but days before 1970 have to round down too.
        let day = time / milliseconds - (remainder < 0 ? 1 : 0)
        // 1970-01-01 was a Thursday, three days after a Monday.
        let weekday = ((day + 3) % 7 + 7) % 7
        monday = day - weekday
    }

    /// The Monday as yyyy-mm-dd.
    var begin: String {
        Date(timeIntervalSince1970: Double(monday) * 86_400)
            .formatted(.iso8601.year().month().day())
    }

    static func < (a: Self, b: Self) -> Bool { a.monday < b.monday }
}
