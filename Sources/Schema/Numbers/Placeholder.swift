/// Words that programs write where they have no value.
///
/// They are no `null_values` from the start: in a column of levels, "-" or "none" may say something. Where all else are
/// numbers, they can't.
enum Placeholder {
    /// Whether a text is such a word, in any case, blanks around it ignored.
    static func isOne(_ text: some StringProtocol) -> Bool {
        let trimmed = String(text).trimmed
        return trimmed.utf8.count <= longest && words.contains(trimmed.lowercased())
    }

    private static let words: Set<String> = [
        "na", "n/a", "n.a.", "n. a.", "#n/a", "#n/a n/a", "#na", "nan", "-nan", "1.#qnan", "1.#ind",
        "null", "(null)",
        "[null]", "<null>", "<na>", "nat", "none", "nil", "\\n", "?", "??", "-", "--", "---", "–",
        "—", ".", "..", "...",
        "…", "*", "empty", "(empty)", "blank", "(blank)", "missing", "(missing)", "unknown",
        "undefined",
        "not available", "not applicable", "#value!", "#ref!", "#div/0!", "#num!", "#name?",
        "#null!", "k.a.", "k. a.",
        "k/a", "s/d", "s.d.", "n/d", "n.d.", "n/v",
    ]

    private static let longest = words.map(\.utf8.count).max() ?? 0
}
