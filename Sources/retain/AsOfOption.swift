import ArgumentParser
import Lifecycle
import Schema

/// `--as-of`, which every verb that reads customers with dates takes.
struct AsOfOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: "The day from which dates are counted back, as 2023-10-31.",
        transform: AsOfOption.day
    )
    var day: Day?

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("--as-of \(text): it is no date; write it as 2023-10-31")
        }
        return day
    }

    /// Warns that a day is given for nothing.
    func check(_ schema: Schema) throws {
        guard day == nil || schema.hasDates else {
            throw ValidationError(
                "--as-of: no feature is a date, so there is nothing to count back; leave it out"
            )
        }
    }
}

/// Reads `--date COLUMN=FORM`, which may be repeated.
func dateForms(_ texts: [String]) throws -> [String: DateForm] {
    var forms: [String: DateForm] = [:]
    for text in texts {
        let known = DateForm.allCases.map(\.rawValue).joined(separator: ", ")
        guard let mark = text.lastIndex(of: "="), mark != text.startIndex,
            let form = DateForm(rawValue: String(text[text.index(after: mark)...]))
        else {
            throw ValidationError(
                "--date \(text): write it as COLUMN=FORM, where FORM is one of \(known)"
            )
        }
        forms[String(text[..<mark])] = form
    }
    return forms
}

extension ScoringWorkflow.Counts {
    /// What dates were counted back from, and whether that can be meant.
    var datesNote: String? {
        guard let asOf else { return nil }
        if lateDates > 0 {
            return asOf.note + " \(lateDates) dates lie after it, and count as so many days ahead."
        }
        guard asOf.source == .today, let day = asOf.day, let leastAge, leastAge > 31 else {
            return asOf.note
        }
        let newest = Day(number: day.number - Int(leastAge))
        return asOf.note
            + " The newest date of the file, \(newest), is \(Int(leastAge)) days before it:"
            + " where the file was drawn then, give --as-of \(newest)."
    }
}

extension AsOf {
    /// Says so where the newest date of a file can't be the day on which it was drawn; else empty.
    func doubt(on today: Day) -> String {
        guard source == .newest, let day, day > today else { return "" }
        return
            " It lies after the present day: write future: allowed to columns of planned dates, correct what is mistyped,"
            + " or name the day on which the file was drawn with --as-of DATE."
    }
}
