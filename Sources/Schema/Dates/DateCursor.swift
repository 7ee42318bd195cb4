/// Reads a date byte by byte.
struct DateCursor {
    private var rest: Substring.UTF8View

    /// Begins at the first byte.
    init(_ text: Substring) { rest = text.utf8 }

    /// A part of a date.
    enum Part {
        case year, month, day
    }

    /// `2023-10-31` or `20231031`, then a time and a zone where they are there.
    mutating func iso() -> DateForm.Reading? {
        guard let year = digits(4) else { return nil }
        let isPlain = !skip(UInt8(ascii: "-"))
        guard let month = digits(2), isPlain || skip(UInt8(ascii: "-")), let day = digits(2)
        else { return nil }
        // Data frames write whole numbers beside empty fields so.
        if isPlain, rest.elementsEqual(".0".utf8) { rest = rest.suffix(0) }
        return date(year, month, day)
    }

    /// Numbers in an order, the same mark between them; years may have two digits.
    mutating func numeric(_ order: [Part]) -> DateForm.Reading? {
        var (year, month, day) = (0, 0, 0)
        var mark: UInt8?
        for (place, part) in order.enumerated() {
            if place > 0 {
                guard let next = rest.first, Self.marks.contains(next), mark ?? next == next else {
                    return nil
                }
                mark = next
                rest.removeFirst()
                while skip(UInt8(ascii: " ")) {}
            }
            guard let (value, width) = digits() else { return nil }
            switch part {
            case .year:
                guard let full = Self.year(value, width) else { return nil }
                year = full
            case .month where width <= 2: month = value
            case .day where width <= 2: day = value
            case .month, .day: return nil
            }
        }
        return date(year, month, day)
    }

    private static let marks = Array("/.- ".utf8)

    /// Two digits are a year from 1969 to 2068, as in POSIX.
    private static func year(_ value: Int, _ width: Int) -> Int? {
        switch width {
        case 4: value
        case 2: value + (value < 69 ? 2000 : 1900)
        default: nil
        }
    }

    /// The name of a month among a day and a year: `31 Oct 2023`, `Tuesday, October 31st, 2023`, `2023-Oct-31`.
    mutating func named() -> DateForm.Reading? {
        var month: Int?
        var numbers: [(value: Int, width: Int)] = []
        while numbers.count < 2 || month == nil {
            while let byte = rest.first, Self.marks.contains(byte) || byte == UInt8(ascii: ",") {
                rest.removeFirst()
            }
            if let number = digits() {
                numbers.append(number)
            } else {
                let word = word()
                guard !word.isEmpty else { return nil }
                if let found = MonthNames.month(word) {
                    guard month == nil else { return nil }
                    month = found
                } else {
                    guard MonthNames.isFiller(word) else { return nil }
                }
            }
            guard numbers.count <= 2 else { return nil }
        }
        let isYearFirst = numbers[0].width == 4
        let (year, day) = isYearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
        guard let month, day.width <= 2, let full = Self.year(year.value, year.width) else {
            return nil
        }
        return date(full, month, day.value)
    }

    /// `2023-10`, `202310`, `10/2023`, `Oct 2023`, `Oct-23`.
    mutating func month() -> DateForm.Reading? {
        guard let first = digits() else { return namedMonth() }
        if first.width == 6 {
            if rest.elementsEqual(".0".utf8) { rest = rest.suffix(0) }
            return rest.isEmpty ? Self.reading(first.value / 100, first.value % 100, 1) : nil
        }
        guard let mark = rest.first, Self.marks.contains(mark) else { return nil }
        rest.removeFirst()
        guard let second = digits() else {
            guard let month = MonthNames.month(word()), rest.isEmpty,
                let year = Self.year(first.value, first.width)
            else { return nil }
            return Self.reading(year, month, 1)
        }
        guard rest.isEmpty, first.width + second.width >= 5 else { return nil }
        return switch (first.width, second.width) {
        case (4, 1 ... 2): Self.reading(first.value, second.value, 1)
        case (1 ... 2, 4): Self.reading(second.value, first.value, 1)
        default: nil
        }
    }

    private mutating func namedMonth() -> DateForm.Reading? {
        guard let month = MonthNames.month(word()) else { return nil }
        while let byte = rest.first, Self.marks.contains(byte) { rest.removeFirst() }
        guard let number = digits(), rest.isEmpty,
            let year = Self.year(number.value, number.width)
        else { return nil }
        return Self.reading(year, month, 1)
    }

    /// Takes what may stand behind a date, and puts all together.
    private mutating func date(_ year: Int, _ month: Int, _ day: Int) -> DateForm.Reading? {
        guard let shift = rest.isEmpty ? 0 : time() else { return nil }
        guard case .day(let written) = Self.reading(year, month, day) else {
            return Self.reading(year, month, day)
        }
        return .day(Day(number: written.number + shift))
    }

    private static func reading(_ year: Int, _ month: Int, _ day: Int) -> DateForm.Reading? {
        // MySQL's zero date, the least of .NET, and the end of time.
        if year == 0, month == 0, day == 0 { return .never }
        guard let date = Day(year: year, month: month, day: day) else { return nil }
        if year == 9999 || (year == 1 && month == 1 && day == 1) { return .never }
        return DateForm.years.contains(year) ? .day(date) : nil
    }

    /// A time of day and a zone, to the end; by how many days the instant lies beside the written day in UTC.
    private mutating func time() -> Int? {
        let isMarked = skip(UInt8(ascii: "T")) || skip(UInt8(ascii: "t"))
        if !isMarked {
            _ = skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: " ")) else { return nil }
            while skip(UInt8(ascii: " ")) {}
        }
        guard let (hour, width) = digits(atMost: 2), width <= 2, var minutes = clock(hour) else {
            return nil
        }
        while skip(UInt8(ascii: " ")) {}
        if let half = halfOfDay() {
            guard (1 ... 12).contains(hour) else { return nil }
            minutes += (half ? 720 : 0) - (hour == 12 ? 720 : 0)
            while skip(UInt8(ascii: " ")) {}
        }
        guard let zone = zone(), rest.isEmpty else { return nil }
        return Int((Double(minutes - zone) / 1440).rounded(.down))
    }

    /// Minutes since midnight; seconds are read, and passed over.
    private mutating func clock(_ hour: Int) -> Int? {
        var minute = 0
        let isSpaced = skip(UInt8(ascii: ":"))
        if let value = digits(2) {
            minute = value
            if !isSpaced || skip(UInt8(ascii: ":")) {
                if let second = digits(2) {
                    guard second <= 60 else { return nil }
                    if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) {
                        guard digits() != nil else { return nil }
                    }
                } else if isSpaced {
                    return nil
                }
            }
        } else if isSpaced {
            return nil
        }
        guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
        return hour * 60 + minute
    }

    /// True for PM, false for AM.
    private mutating func halfOfDay() -> Bool? {
        var ahead = self
        let word = ahead.word()
        guard ["am", "pm", "a", "p"].contains(word) else { return nil }
        if word.count == 1 {
            guard ahead.skip(UInt8(ascii: ".")), ahead.word() == "m", ahead.skip(UInt8(ascii: "."))
            else { return nil }
        }
        self = ahead
        return word.first == "p"
    }

    /// Minutes east of UTC; 0 where nothing is said.
    private mutating func zone() -> Int? {
        guard let first = rest.first else { return 0 }
        var minutes = 0
        if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            rest.removeFirst()
            guard let hours = digits(2), hours <= 15 else { return nil }
            let isSpaced = skip(UInt8(ascii: ":"))
            let more = digits(2)
            guard more != nil || !isSpaced, more ?? 0 < 60 else { return nil }
            minutes = (hours * 60 + (more ?? 0)) * (first == UInt8(ascii: "-") ? -1 : 1)
        } else if first != UInt8(ascii: "[") {
            guard ["z", "utc", "gmt"].contains(word()) else { return nil }
        }
        // The zone's name, as Java writes it behind the offset.
        if skip(UInt8(ascii: "[")) {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        return minutes
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly so many digits.
    private mutating func digits(_ count: Int) -> Int? {
        let start = rest
        if let (value, width) = digits(atMost: count), width == count { return value }
        rest = start
        return nil
    }

    /// All digits that follow, nine at most.
    private mutating func digits(atMost most: Int = 9) -> (value: Int, width: Int)? {
        var (value, width) = (0, 0)
        while width < most, let byte = rest.first, (0x30 ... 0x39).contains(byte) {
            value = value * 10 + Int(byte - 0x30)
            width += 1
            rest.removeFirst()
        }
        return width == 0 ? nil : (value, width)
    }

    /// The letters that follow, in lower case.
    private mutating func word() -> String {
        var letters: [UInt8] = []
        while let byte = rest.first, byte >= 0x80 || (0x61 ... 0x7A).contains(byte | 0x20) {
            letters.append(byte)
            rest.removeFirst()
        }
        return letters.isEmpty ? "" : String(decoding: letters, as: UTF8.self).lowercased()
    }
}
