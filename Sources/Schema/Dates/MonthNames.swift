/// The names of months in some languages, whole or cut.
enum MonthNames {
    private static let names = [
        "january february march april may june july august september october november december",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        // As they are written without accents.
        "x fevrier marco x x x x aout x x x decembre",
    ].map { $0.split(separator: " ").map(String.init) }

    /// Which month every beginning of three letters and more names; those that name two name none.
    private static let months: [String: Int] = {
        var months: [String: Int] = [:]
        for language in names {
            for (place, name) in language.enumerated() where name != "x" {
                for length in min(3, name.count) ... name.count {
                    let word = String(name.prefix(length))
                    months[word] = months[word, default: place + 1] == place + 1 ? place + 1 : 0
                }
            }
        }
        return months
    }()

    /// 1 to 12; nil for a word that is no month's name.
    static func month(_ word: String) -> Int? { months[word].flatMap { $0 == 0 ? nil : $0 } }

    private static let fillers: Set<String> = [
        "de", "del", "of", "st", "nd", "rd", "th", "mon", "tue", "tues", "wed", "thu", "thur",
        "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday",
    ]

    /// Whether a word may stand in a date without telling anything.
    static func isFiller(_ word: String) -> Bool { fillers.contains(word) }
}
