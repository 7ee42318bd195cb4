import Foundation
import Schema
import TestSupport
import Testing

/// Against Python's datetime; `Scripts/fixtures/dates.py` wrote the numbers.
@Suite struct DateFormTests {
    private struct Reference: Decodable {
        let days: [CivilDay]
        let texts: [Written]

        struct CivilDay: Decodable {
            let year, month, day, number: Int
        }
        struct Written: Decodable {
            let form: DateForm
            let text: String
            let number: Int
        }
    }
    private let reference: Reference

    init() throws { reference = try fixture("dates", as: Reference.self, in: .module) }

    @Test func `days are those of the calendar, and back`() throws {
        #expect(reference.days.count > 300)
        for known in reference.days {
            let day = try #require(Day(year: known.year, month: known.month, day: known.day))
            #expect(day.number == known.number)
            #expect(day.civil == (known.year, known.month, known.day))
            #expect(day.monthStart.civil == (known.year, known.month, 1))
        }
        for number in -800_000 ... -799_000 {
            let (year, month, day) = Day(number: number).civil
            #expect(Day(year: year, month: month, day: day)?.number == number)
        }
    }

    @Test func `written dates are read as datetime reads them`() {
        #expect(reference.texts.count > 400)
        for known in reference.texts {
            #expect(
                known.form.read(known.text) == .day(Day(number: known.number)),
                "\(known.form) \(known.text)"
            )
        }
    }

    @Test(
        arguments: [
            (.iso, "2023-02-29"), (.iso, "2023-13-01"), (.iso, "2023-1-5"), (.iso, "23-01-05"),
            (.iso, "2023-01-05x"), (.iso, "2023-01-05 25:00"), (.iso, "2023-01-05T12:60"),
            (.iso, "20230105123"), (.iso, ""), (.iso, "soon"), (.iso, "1492-10-12"),
            (.dmy, "12/31/2023"), (.dmy, "31/12.2023"), (.dmy, "31/12"), (.mdy, "31/12/2023"),
            (.ymd, "31/12/2023"), (.named, "31 Dez"), (.named, "31 Foo 2023"), (.month, "2023-13"),
            (.month, "2023"), (.epoch, "12"), (.epoch, "x"), (.epochMilliseconds, "1e300"),
        ] as [(DateForm, String)]
    )
    func `what is no date is none`(form: DateForm, text: String) {
        let isEarly = form == .epoch && text == "12"
        #expect(form.read(text) == (isEarly ? .day(Day(number: 0)) : nil))
    }

    @Test(
        arguments: [
            (.iso, " 2023-10-31 ", "2023-10-31"), (.iso, "20231031.0", "2023-10-31"),
            (.iso, "2023-10-31T24:00", "2023-11-01"),
            (.iso, "2023-10-31 23:30:00 UTC", "2023-10-31"),
            (.iso, "2023-10-31T23:30:00-03:00[America/Sao_Paulo]", "2023-11-01"),
            (.iso, "2023-10-31t01:00:00+02", "2023-10-30"), (.dmy, "1.5.69", "1969-05-01"),
            (.dmy, "1.5.68", "2068-05-01"), (.mdy, "1/5/2023 12:10 AM", "2023-01-05"),
            (.mdy, "1/5/2023 11:10 p.m. -05:00", "2023-01-06"),
            (.named, "31 de outubro de 2023", "2023-10-31"),
            (.named, "31. Okt. 2023", "2023-10-31"),
            (.named, "Tuesday, October 31st, 2023", "2023-10-31"),
            (.named, "3 mars 2023", "2023-03-03"), (.named, "2023-Oct-31", "2023-10-31"),
            (.month, "2023-10", "2023-10-01"), (.month, "202310", "2023-10-01"),
            (.month, "10/2023", "2023-10-01"), (.month, "out/2023", "2023-10-01"),
            (.month, "Oct-23", "2023-10-01"), (.epoch, "1.6987104e9", "2023-10-31"),
        ] as [(DateForm, String, String)]
    )
    func `forms as people and programs write them`(form: DateForm, text: String, day: String) throws
    {
        #expect(form.read(text) == .day(try #require(Day(day))))
    }

    @Test(
        arguments: [
            (.iso, "0000-00-00 00:00:00"), (.iso, "9999-12-31"), (.iso, "0001-01-01T00:00:00"),
            (.dmy, "31/12/9999"), (.epoch, "0"),
        ] as [(DateForm, String)]
    )
    func `dates that mean never`(form: DateForm, text: String) {
        #expect(form.read(text) == .never)
    }

    @Test func `months count from first day to first day`() throws {
        let month = try #require(Day("2023-01-20"))
        for reference in ["2023-03-01", "2023-03-31"] {
            let day = try #require(Day(reference))
            #expect(DateForm.month.age(of: month, before: day) == 59)
        }
        #expect(DateForm.iso.age(of: month, before: try #require(Day("2023-01-18"))) == -2)
    }
}
