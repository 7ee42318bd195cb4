/// Pairs of words whose meaning, no or yes, is known.
enum BooleanWords {
    private static let pairs = [
        (no: "no", yes: "yes"), (no: "false", yes: "true"), (no: "n", yes: "y"),
        (no: "f", yes: "t"), (no: "off", yes: "on"),
    ]

    /// The two levels as (no, yes), or nil where their meaning is not known.
    static func meaning(of levels: [String]) -> (no: String, yes: String)? {
        guard levels.count == 2 else { return nil }
        for (no, yes) in [(levels[0], levels[1]), (levels[1], levels[0])] {
            if Double(no) == 0, Double(yes) == 1 { return (no, yes) }
            let words = (no: no.lowercased(), yes: yes.lowercased())
            if pairs.contains(where: { $0 == words }) { return (no, yes) }
        }
        return nil
    }

    private static let leaving = ["attrited", "churn", "left", "exit", "closed", "cancel", "lost"]

    /// The two levels of a target as (no, yes), also where just one of them is a word for leaving.
    static func targetMeaning(of levels: [String]) -> (no: String, yes: String)? {
        if let known = meaning(of: levels) { return known }
        guard levels.count == 2 else { return nil }
        let left = levels.map { level in leaving.contains { level.lowercased().hasPrefix($0) } }
        return left[0] == left[1] ? nil : left[0] ? (levels[1], levels[0]) : (levels[0], levels[1])
    }
}
