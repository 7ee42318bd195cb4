/// English among what a page shows: between its tags, in labels and in hints.
///
/// Words that Portuguese has too (`a`, `no`, `for`, `data`) and terms that it takes over (`log loss`, `recall`) tell nothing and
/// are not looked for.
///
/// - Parameters:
///   - page: HTML or SVG.
///   - names: What may stand there whatever its language: columns, levels, files, runs.
/// - Returns: Each English word once, in the order of the page, with what stands around it.
public func englishWords(on page: String, except names: [String] = []) -> [String] {
    var text = shownText(of: page)
    // A longer name may hold a shorter one.
    for name in names.sorted(by: { $0.count > $1.count }) {
        text = text.replacing(name, with: " ")
    }
    let words = text.split { !$0.isLetter && $0 != "'" }.map(String.init)
    var seen: Set<String> = []
    return words.indices.compactMap { place in
        let word = words[place].lowercased()
        guard tellingWords.contains(word), seen.insert(word).inserted else { return nil }
        return words[max(0, place - 3) ..< min(words.count, place + 4)].joined(separator: " ")
    }
}

/// What a reader sees or hears of a page.
public func shownText(of page: String) -> String {
    var text = ""
    var rest = page[...]
    while let open = rest.firstIndex(of: "<") {
        text += rest[..<open]
        let isStyle = rest[open...].hasPrefix("<style")
        let end = isStyle ? rest[open...].firstRange(of: "</style>")?.lowerBound : open
        guard let end, let close = rest[end...].firstIndex(of: ">") else { break }
        let tag = rest[open ... close]
        if !isStyle, let label = tag.firstRange(of: "aria-label=\"") {
            text += " " + tag[label.upperBound...].prefix { $0 != "\"" } + " "
        }
        text += " "
        rest = rest[rest.index(after: close)...]
    }
    return (text + rest).replacing("&#39;", with: "'").replacing("&quot;", with: " ")
        .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
}

private let tellingWords: Set<String> = [
    "the", "and", "of", "to", "in", "is", "are", "was", "were", "be", "on", "by", "with",
    "from", "at", "an", "or", "not", "can't", "it", "its", "they", "them", "their", "this", "these",
    "that", "which", "who", "whom", "what", "how", "why", "when", "where", "whether", "all", "each",
    "every", "more", "most", "than", "so", "but", "only", "there", "into", "out", "up", "down",
    "customer", "customers", "leave", "leaves", "leaver", "leavers", "left", "stay", "stayed",
    "stayers", "call", "called", "calling", "calls", "contacting", "list", "threshold", "score",
    "scores", "row", "rows", "column", "columns", "value", "values", "yes", "none", "nobody",
    "everyone", "chosen", "cut", "best", "mean", "average", "lower", "higher", "lowest", "highest",
    "better", "found", "missed", "missing", "empty", "unlisted", "unseen", "right", "wrong",
    "perfect", "random", "guessing", "reference", "now", "before", "after", "share", "group",
    "groups", "level", "levels", "number", "feature", "target", "identifier", "leak", "ignored",
    "step", "run", "runs", "metric", "metrics", "parameter", "parameters", "finished", "running",
    "failed", "killed", "scheduled", "tree", "trees", "network", "networks", "training", "held",
    "validation", "epoch", "epochs", "weight", "weights", "kept", "settings", "drift", "drifts",
    "whole", "classifier", "distribution", "effect", "interval", "profit", "costs", "offer",
    "money", "decile", "points", "answers", "unclear", "certain", "model", "made", "report",
    "least", "beyond", "scale", "first", "nothing", "any", "other", "others", "same",
]
