import Output

/// Pairs of words whose meaning, no or yes, is known.
package enum BooleanWords {
    private static let pairs = [
        (no: "no", yes: "yes"), (no: "false", yes: "true"), (no: "n", yes: "y"),
        (no: "f", yes: "t"), (no: "off", yes: "on"),
    ]

    /// The two levels as (no, yes), or nil where their meaning is not known.
    static func meaning(of levels: [String]) -> (no: String, yes: String)? {
        if let truths = truths(among: levels) { return truths }
        guard levels.count == 2 else { return nil }
        for (no, yes) in [(levels[0], levels[1]), (levels[1], levels[0])] {
            if Double(no) == 0, Double(yes) == 1 { return (no, yes) }
            let words = (no: word(no), yes: word(yes))
            if pairs.contains(where: { $0 == words }) { return (no, yes) }
        }
        return nil
    }

    /// What a text means that is a form of true or false; nil for others.
    ///
    /// Spreadsheets turn them into capitals, and into formulas where they are text: `TRUE`, `=TRUE()`.
    static func truth(of text: String) -> Bool? {
        var word = word(text)
        if word.hasPrefix("="), word.hasSuffix("()") { word = String(word.dropFirst().dropLast(2)) }
        switch word {
        case "true", "wahr", "vrai", "verdadeiro", "verdadero": return true
        case "false", "falsch", "faux", "falso": return false
        default: return nil
        }
    }

    /// What a text means that answers yes or no, as a word, a number or a form of true and false; nil for others.
    package static func answer(_ text: String) -> Bool? {
        if let truth = truth(of: text) { return truth }
        let word = word(text)
        if word == "1" || pairs.contains(where: { $0.yes == word }) { return true }
        return word == "0" || pairs.contains { $0.no == word } ? false : nil
    }

    /// Levels that are all forms of true and false, in any number of spellings; the first of each stands for it.
    private static func truths(among levels: [String]) -> (no: String, yes: String)? {
        guard levels.allSatisfy({ truth(of: $0) != nil }),
            let no = levels.first(where: { truth(of: $0) == false }),
            let yes = levels.first(where: { truth(of: $0) == true })
        else { return nil }
        return (no, yes)
    }

    /// A level without what makes no other word of it: case, blanks around it, the full stop that some tools write
    /// behind truths, the decimals of a whole number.
    static func word(_ level: String) -> String {
        var word = level.trimmed.lowercased()
        if let number = Double(word), number.isFinite {
            return numberText(number == 0 ? 0 : number)
        }
        if word.hasSuffix("."), word.count > 1 { word.removeLast() }
        return word
    }

    private static let leaving = [
        "attrit", "churn", "left", "leav", "exit", "closed", "cancel", "lost", "gone", "quit",
        "inactive",
        "deactiv", "terminat", "expire", "lapse", "defect", "depart", "unsubscri", "disconnect",
        "resign",
    ]

    /// The two levels of a target as (no, yes), also where just one of them is a word for leaving.
    static func targetMeaning(of levels: [String]) -> (no: String, yes: String)? {
        if let known = meaning(of: levels) { return known }
        guard levels.count == 2 else { return nil }
        let left = levels.map(meansLeaving)
        return left[0] == left[1] ? nil : left[0] ? (levels[1], levels[0]) : (levels[0], levels[1])
    }

    /// Whether a level is a word for leaving.
    static func meansLeaving(_ level: String) -> Bool {
        let word = word(level)
        return leaving.contains { word.hasPrefix($0) }
    }
}
