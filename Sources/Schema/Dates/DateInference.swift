import Output

/// What a column's fields are, where they are dates.
struct DateInference: Equatable {
    /// How they are written.
    var form: DateForm
    /// The first and the last.
    var range: ClosedRange<Day>
    /// Number of distinct days.
    var distinctCount: Int
    /// Number of fields that stand for no date, as `9999-12-31` does.
    var neverCount = 0
    /// Number of fields that are no dates, and one of them.
    var mistakes: (count: Int, example: String)?
    /// The last day before a gap of years behind which hardly any date lies; nil where there is none such.
    var lastPlausible: Day?

    static func == (one: Self, other: Self) -> Bool {
        one.form == other.form && one.range == other.range
            && one.distinctCount == other.distinctCount && one.neverCount == other.neverCount
            && one.mistakes?.count == other.mistakes?.count
    }

    /// What was found.
    enum Finding: Equatable {
        case dates(DateInference)
        case ambiguous(DateAmbiguity)
        /// Numbers that may be dates, and what to do where they are.
        case hint(String)
    }

    /// Looks at a column.
    ///
    /// - Parameters:
    ///   - content: What stands in it.
    ///   - given: How a person says that its dates are written.
    /// - Returns: Nil where the fields are no dates.
    /// - Complexity: O(distinct fields).
    static func find(in content: ColumnContent, given: DateForm?) -> Finding? {
        let fields = content.texts + numericFields(content)
        if let given { return summary(fields, of: content, in: given).map { .dates($0) } }
        if content.texts.isEmpty { return numeric(content) }
        // Nearly all columns of words are told from dates by a few of them.
        let some = content.texts.prefix(50)
        guard some.contains(where: { field in textForms.contains { $0.read(field.text) != nil } })
        else { return nil }
        return textual(fields, of: content)
    }

    private static let textForms = DateForm.allCases.filter(\.isText)

    private static func textual(
        _ fields: [(text: String, count: Int)],
        of content: ColumnContent
    ) -> Finding? {
        var covered = textForms.map { _ in 0 }
        for (text, count) in fields {
            for (place, form) in textForms.enumerated() where form.read(text) != nil {
                covered[place] += count
            }
        }
        guard isCertainlyADate(fields, content.name) else { return nil }
        let most = covered.max() ?? 0
        // A few mistakes are not what the others are.
        guard most * 10 >= content.filledCount * 9 else {
            return mixed(fields, of: content).map { .ambiguous($0) }
        }
        let best = textForms.indices.filter { covered[$0] == most }.map { textForms[$0] }
        if let ambiguity = mixed(fields, of: content) { return .ambiguous(ambiguity) }
        let rivals = best.filter { [.dmy, .mdy, .ymd].contains($0) }
        guard best[0] == .iso || rivals.count < 2 else {
            // Where all readings are one, as of 01/01/2023, a scored file may still be read wrongly.
            let example = fields.first { field in rivals.allSatisfy { $0.read(field.text) != nil } }
            return .ambiguous(
                DateAmbiguity(
                    column: content.name,
                    example: example?.text ?? "",
                    forms: rivals,
                    isMixed: false
                )
            )
        }
        return summary(fields, of: content, in: best[0]).map { .dates($0) }
    }

    /// Years of two digits could as well be a version, as 5.1.12 is, unless the name or a fixed width speaks for dates.
    private static func isCertainlyADate(
        _ fields: [(text: String, count: Int)],
        _ name: String
    ) -> Bool {
        speaksOfTime(name)
            || fields.contains { field in
                field.text.utf8.split { !(0x30 ... 0x39).contains($0) }.contains { $0.count >= 4 }
            }
            || fields.allSatisfy { field in
                field.text.trimmed.prefix { $0 != " " }.count == 8
                    || field.text.contains(where: \.isLetter)
            }
    }

    /// Day and month in one order here and in the other there: no form reads such a column right.
    private static func mixed(
        _ fields: [(text: String, count: Int)],
        of content: ColumnContent
    ) -> DateAmbiguity? {
        var only: [DateForm: (count: Int, example: String)] = [:]
        var either = 0
        for (text, count) in fields {
            let forms = [DateForm.dmy, .mdy].filter { $0.read(text) != nil }
            either += forms.isEmpty ? 0 : count
            guard forms.count == 1 else { continue }
            only[forms[0]] = ((only[forms[0]]?.count ?? 0) + count, only[forms[0]]?.example ?? text)
        }
        guard either * 10 >= content.filledCount * 9, let days = only[.dmy], let months = only[.mdy]
        else { return nil }
        return DateAmbiguity(
            column: content.name,
            example: "\(days.example), \(months.example)",
            forms: [.dmy, .mdy],
            isMixed: true
        )
    }

    /// Numbers as they are spelled, where few enough are kept, else as whole numbers.
    private static func numericFields(_ content: ColumnContent) -> [(text: String, count: Int)] {
        if let spellings = content.spellings { return spellings }
        return content.distinctNumbers.map { (numberText($0), 1) }
    }

    /// Eight digits that are all days, six that are all months, and seconds where the column's name speaks of time.
    private static func numeric(_ content: ColumnContent) -> Finding? {
        let numbers = content.distinctNumbers
        guard content.isWhole, let least = numbers.first, let greatest = numbers.last,
            numbers.count >= 2
        else { return nil }
        let isNamed = speaksOfTime(content.name)
        for (form, bounds) in [
            (DateForm.iso, 19_000_101.0 ... 21_001_231), (.month, 190_001 ... 210_012),
        ]
        where bounds.contains(least) && bounds.contains(greatest)
            && (isNamed || numbers.count >= 10)
        {
            guard numbers.allSatisfy({ form.read(numberText($0)) != nil }) else { continue }
            return summary(numericFields(content), of: content, in: form).map { .dates($0) }
        }
        // From 1985 to 2039.
        for (form, unit) in [(DateForm.epoch, 1.0), (.epochMilliseconds, 1000)] {
            // Zero is what programs write for "never".
            let first = least == 0 ? numbers[1] : least
            guard first >= 4.7e8 * unit, greatest <= 2.18e9 * unit else { continue }
            guard isNamed else {
                return .hint(
                    "if these are \(form == .epoch ? "seconds" : "milliseconds") since 1970, write "
                        + "type: date and form: \(form.rawValue)"
                )
            }
            return summary(numericFields(content), of: content, in: form).map { .dates($0) }
        }
        return nil
    }

    /// Whether a name says that the column holds points of time: `created_at`, `lastSeen`, `SIGNUP_TS`.
    private static func speaksOfTime(_ name: String) -> Bool {
        let lowered = name.lowercased()
        let parts = words(of: name)
        return ["date", "time", "epoch", "unix", "created", "updated", "signup", "joined", "month"]
            .contains { lowered.contains($0) }
            || parts.contains { ["at", "ts", "since", "seen", "dt"].contains($0) }
    }

    /// The words of a name, in lower case: `lastSeen_at` is last, seen and at.
    static func words(of name: String) -> [String] {
        var words = [""]
        var wasLower = false
        for character in name {
            guard character.isLetter else {
                words.append("")
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { words.append("") }
            wasLower = character.isLowercase
            words[words.count - 1] += character.lowercased()
        }
        return words.filter { !$0.isEmpty }
    }

    /// Reads the fields in one form; nil where fewer than two days are left.
    private static func summary(
        _ fields: [(text: String, count: Int)],
        of content: ColumnContent,
        in form: DateForm
    ) -> DateInference? {
        var days: [Day: Int] = [:]
        var found = (never: 0, mistakes: 0, example: "")
        for (text, count) in fields {
            switch form.read(text) {
            case .day(let day): days[day, default: 0] += count
            case .never: found.never += count
            case nil:
                if found.mistakes == 0 { found.example = text }
                found.mistakes += count
            }
        }
        guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
        return DateInference(
            form: form,
            range: first ... last,
            distinctCount: days.count,
            neverCount: found.never,
            mistakes: found.mistakes == 0 ? nil : (found.mistakes, found.example),
            lastPlausible: lastPlausible(days)
        )
    }

    /// A date of 2203 among those of 2023 is a typing mistake, and all ages would be counted back from it.
    private static func lastPlausible(_ days: [Day: Int]) -> Day? {
        let count = days.values.reduce(0, +)
        var behind = 0
        var later: Day?
        for day in days.keys.sorted(by: >) {
            if let later, later.number - day.number > 2 * 366 { return day }
            behind += days[day] ?? 0
            guard behind * 100 <= count else { return nil }
            later = day
        }
        return nil
    }

    /// What a person should know of the fields; empty where all are plain dates.
    var reason: String {
        if let lastPlausible {
            return
                "only a few dates lie after \(lastPlausible), the last on \(range.upperBound); correct them, since "
                + "the newest date is what others are counted back from"
        }
        guard let mistakes else { return "" }
        let fields =
            mistakes.count == 1
            ? "1 field is no date" : "\(countText(mistakes.count)) fields are no dates"
        return "\(fields), as \(quoted(mistakes.example)); add it to null_values if it means empty"
    }
}

extension ColumnInference {
    /// Takes the column for dates.
    mutating func take(_ dates: DateInference, _ content: ColumnContent) {
        self.dates = dates
        column.type = .date(dates.form)
        column.role = .feature
        column.nulls = content.nullCount + dates.neverCount > 0 ? .impute : .error
        reason = dates.reason
        guard dates.distinctCount == 1, content.nullCount + dates.neverCount == 0 else { return }
        column.role = .constant
        column.nulls = .error
        reason = "every row has the date \(dates.range.lowerBound)"
    }
}

extension SchemaInference {
    /// Stops where dates can be read in two ways, and where a form is given for a column that has none such.
    func checkDates(
        _ columns: [ColumnInference],
        header: [String]
    ) throws(SchemaInferenceError) {
        let ambiguities = columns.filter { $0.column.role != .target }.compactMap(\.ambiguity)
        guard ambiguities.isEmpty else { throw .ambiguousDates(ambiguities) }
        for (name, form) in dateForms.sorted(by: { $0.key < $1.key }) {
            guard header.contains(name) else { throw .unknownDate(name, header: header) }
            guard columns.contains(where: { $0.column.name == name && $0.dates != nil }) else {
                throw .noDates(column: name, form: form)
            }
        }
    }
}
