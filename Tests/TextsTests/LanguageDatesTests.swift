import Testing
import Texts

@Suite struct LanguageDatesTests {
    @Test(
        arguments: [
            (0, "1\u{A0}Jan\u{A0}1970, 00:00\u{A0}UTC", "quinta-feira", "1970-01-01T00:00Z"),
            (-1, "31\u{A0}Dec\u{A0}1969, 23:59\u{A0}UTC", "quarta-feira", "1969-12-31T23:59Z"),
            (
                951_782_400_000, "29\u{A0}Feb\u{A0}2000, 00:00\u{A0}UTC", "terça-feira",
                "2000-02-29T00:00Z"
            ),
            (
                1_796_047_500_000, "30\u{A0}Nov\u{A0}2026, 14:05\u{A0}UTC", "segunda-feira",
                "2026-11-30T14:05Z"
            ),
        ] as [(Int64, String, String, String)]
    )
    func `moments stand on the calendar`(
        milliseconds: Int64,
        moment: String,
        weekday: String,
        machine: String
    ) {
        #expect(Language.english.moment(milliseconds) == moment)
        #expect(Language.portuguese.weekday(milliseconds) == weekday)
        #expect(Language.machineMoment(milliseconds) == machine)
    }

    @Test func `months have the names of the language`() {
        #expect(Language.portuguese.date(951_782_400_000) == "29\u{A0}fev.\u{A0}2000")
        #expect(Language.english.date(951_782_400_000) == "29\u{A0}Feb\u{A0}2000")
    }

    @Test func `counts take one or many`() {
        let one = Language.portuguese.count(1, ("customer", "customers"), ("cliente", "clientes"))
        let many = Language.english.count(1200, ("customer", "customers"), ("cliente", "clientes"))
        #expect(one == "1\u{A0}cliente")
        #expect(many == "1,200\u{A0}customers")
    }

    @Test func `signs are told but for nothing`() {
        #expect(Language.english.signed(34) == "+34")
        #expect(Language.portuguese.signed(-1.44, decimals: 1) == "\u{2212}1,4")
        #expect(Language.english.signed(0.04, decimals: 1) == "0.0")
    }
}
