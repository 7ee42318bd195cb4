/// Where in the year or the week a day lies.
///
/// It is the sine or the cosine of an angle, so that December is beside January, and Sunday beside Monday; both of a pair
/// are needed to tell all months or weekdays apart.
public enum DateCycle: String, CaseIterable, Codable, Sendable {
    /// Of the month, from January on.
    case monthSine = "month_sin"
    /// Of the month, from January on.
    case monthCosine = "month_cos"
    /// Of the day of the week, from Monday on.
    case weekdaySine = "weekday_sin"
    /// Of the day of the week, from Monday on.
    case weekdayCosine = "weekday_cos"

    /// The value on a day, from −1 to 1.
    package func value(on day: Day) -> Double {
        switch self {
        case .monthSine: Self.twelfths[(day.civil.month - 1) % 12]
        case .monthCosine: Self.twelfths[(day.civil.month + 2) % 12]
        case .weekdaySine: Self.sevenths[Self.weekday(day)]
        case .weekdayCosine: Self.cosines[Self.weekday(day)]
        }
    }

    /// 0 for Monday to 6 for Sunday; 1970 began on a Thursday.
    static func weekday(_ day: Day) -> Int { ((day.number + 3) % 7 + 7) % 7 }

    /// Sines of the twelfths of a circle.
    private static let twelfths: [Double] = [
        0, 0.5, 0.8660254037844386, 1, 0.8660254037844386, 0.5, 0, -0.5, -0.8660254037844386, -1,
        -0.8660254037844386, -0.5,
    ]

    /// Sines of the sevenths of a circle.
    private static let sevenths: [Double] = [
        0, 0.7818314824680298, 0.9749279121818236, 0.4338837391175581, -0.4338837391175581,
        -0.9749279121818236, -0.7818314824680298,
    ]

    /// Cosines of the sevenths of a circle.
    private static let cosines: [Double] = [
        1, 0.6234898018587336, -0.2225209339563144, -0.9009688679024191, -0.9009688679024191,
        -0.2225209339563144, 0.6234898018587336,
    ]
}

extension Schema {
    /// The features that stand in files and requests, and whose distributions are compared; the others are derived from
    /// them, and where in the year a date lies changes with the calendar rather than with the customers.
    public var givenFeatures: [ColumnSchema] { features.filter { $0.type.kind != .cycle } }
}

extension ColumnType {
    /// The column that it is derived from; nil for columns of the file.
    package var source: String? {
        if case .cycle(_, let source, _) = self { source } else { nil }
    }
}
