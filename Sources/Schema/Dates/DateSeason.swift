import Tabular

/// Finds out whether the month or the weekday of a date tells who leaves, beyond how long ago it was.
///
/// What differs from the average of the year around a day, or of the seven weeks around it, is neither trend nor level
/// but season; that is the classical decomposition of time series by centred moving averages. Days without a whole
/// window around them are left out, since there a trend would look like a season.
struct DateSeason {
    /// A period of the calendar.
    enum Period: CaseIterable {
        case month, weekday

        /// Days before and after a day that the average is taken of.
        var reach: Int {
            switch self {
            case .month: 182
            case .weekday: 24
            }
        }

        /// So many days must have a whole window: one month of one year may have been a campaign.
        var leastDays: Int {
            switch self {
            case .month: 730
            case .weekday: 98
            }
        }

        /// Five standard deviations of the sum of products of two independent normal numbers for each place.
        var limit: Double { 5 * Double(places).squareRoot() }

        var parts: [DateCycle] {
            switch self {
            case .month: [.monthSine, .monthCosine]
            case .weekday: [.weekdaySine, .weekdayCosine]
            }
        }

        /// Which of the period's places a day is, from 0, and in which of two halves of all years or weeks it lies.
        func place(of day: Day) -> (half: Int, place: Int) {
            switch self {
            case .month: (day.civil.year % 2, day.civil.month - 1)
            case .weekday: ((day.number + 3_000_000) / 49 % 2, DateCycle.weekday(day))
            }
        }

        var places: Int {
            switch self {
            case .month: 12
            case .weekday: 7
            }
        }
    }

    /// Number of rows and of leavers up to each day, from the day before the first on.
    private var rows: [Int] = [0]
    private var leavers: [Int] = [0]
    private let first: Int
    private let days: [Int?]
    private let labels: [Bool]

    /// Counts rows by day; nil where none has a date.
    ///
    /// - Parameters:
    ///   - given: Days since 1970; NaN where a row has no date.
    ///   - labels: Whether each row left.
    init?(days given: [Double], labels: [Bool]) {
        days = given.map { $0.isNaN ? nil : Int($0) }
        self.labels = labels
        let known = days.compactMap(\.self)
        guard let first = known.min(), let last = known.max(), last - first < 200_000 else {
            return nil
        }
        self.first = first
        rows = [Int](repeating: 0, count: last - first + 2)
        leavers = rows
        for (row, day) in days.enumerated() {
            guard let day else { continue }
            rows[day - first + 1] += 1
            leavers[day - first + 1] += labels[row] ? 1 : 0
        }
        for place in 1 ..< rows.count {
            rows[place] += rows[place - 1]
            leavers[place] += leavers[place - 1]
        }
    }

    /// Whether the places of a period differ from the average around them, and do so again and again.
    ///
    /// Every other year, or every other seven weeks, is held against the rest: a step that happened once differs from the
    /// average around it, too, but at another place of the period each time.
    ///
    /// - Complexity: O(rows).
    func tells(_ period: Period) -> Bool {
        let (reach, last) = (period.reach, first + rows.count - 2)
        guard last - first - 2 * reach >= period.leastDays else { return false }
        var excess = [[Double]](repeating: [Double](repeating: 0, count: period.places), count: 2)
        var variance = excess
        var count = 0
        for (row, day) in days.enumerated() {
            guard let day, day - reach >= first, day + reach <= last else { continue }
            let (from, to) = (day - reach - first, day + reach + 1 - first)
            let share = Double(leavers[to] - leavers[from]) / Double(rows[to] - rows[from])
            let (half, place) = period.place(of: Day(number: day))
            excess[half][place] += (labels[row] ? 1 : 0) - share
            variance[half][place] += share * (1 - share)
            count += 1
        }
        guard count >= 200 else { return false }
        var agreement = 0.0
        for place in 0 ..< period.places where variance[0][place] > 0 && variance[1][place] > 0 {
            agreement +=
                excess[0][place] * excess[1][place]
                / (variance[0][place] * variance[1][place]).squareRoot()
        }
        return agreement > period.limit
    }
}

extension InferredSchema {
    /// Adds the month and the weekday of dates where they tell who leaves.
    mutating func addSeasons(header: [String], batches: [RecordBatch], decimalComma: Bool) {
        let zero = AsOf(Day(number: 0), .given)
        guard schema.hasDates,
            let decoder = try? SchemaDecoder(
                schema,
                header: header,
                needsTarget: true,
                decimalComma: decimalComma,
                asOf: zero
            )
        else { return }
        let parts = batches.map { decoder.decode($0) }
        let table = Table(joining: parts.map(\.table))
        let labels = parts.flatMap(\.labels)
        for column in schema.features {
            guard case .date(let form, _) = column.type,
                case .number(let ages) = table[column.name],
                let season = DateSeason(days: ages.map { -$0 }, labels: labels)
            else { continue }
            for period in DateSeason.Period.allCases where form != .month || period == .month {
                if season.tells(period) { add(period, of: column, form, header) }
            }
        }
    }

    private mutating func add(
        _ period: DateSeason.Period,
        of column: ColumnSchema,
        _ form: DateForm,
        _ header: [String]
    ) {
        for part in period.parts.reversed() {
            let name = "\(column.name)_\(part.rawValue)"
            guard !header.contains(name),
                let place = schema.columns.firstIndex(where: { $0.name == column.name })
            else { continue }
            schema.columns.insert(
                ColumnSchema(
                    name: name,
                    role: .feature,
                    type: .cycle(part, of: column.name, form),
                    nulls: .impute
                ),
                at: place + 1
            )
            let words = period == .month ? "month" : "day of the week"
            evidence.insert(
                ColumnEvidence(
                    name: name,
                    nullCount: 0,
                    distinctCount: period.places,
                    range: -1 ... 1,
                    dates: nil,
                    frequent: [],
                    nullWords: [],
                    reason:
                        "the \(words) of \(quoted(column.name)) tells who leaves, beyond how long ago it was",
                    advice: ""
                ),
                at: place + 1
            )
        }
    }
}
