/// A document taken apart, as far as tests look at it.
struct PageText {
    /// A tag with its attributes.
    struct Tag {
        var name: String
        var attributes: [String: String]
    }

    /// All opening tags, in their order.
    private(set) var tags: [Tag] = []
    /// What people read or hear: texts between tags, and of attributes those that are told.
    private(set) var texts: [String] = []

    private static let told = ["aria-label", "placeholder", "title", "alt", "data-label"]

    init(_ source: String) {
        var rest = Substring(source)
        while let open = rest.firstIndex(of: "<") {
            keep(rest[..<open])
            guard let close = rest[open...].firstIndex(of: ">") else { return }
            let inner = rest[rest.index(after: open) ..< close]
            if !inner.hasPrefix("/"), !inner.hasPrefix("!") { add(inner) }
            rest = rest[rest.index(after: close)...]
        }
        keep(rest)
    }

    private mutating func keep(_ text: Substring) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.contains(where: \.isLetter) { texts.append(words) }
    }

    /// Values are quoted and hold no `>`, for that is escaped; flags have no value.
    private mutating func add(_ inner: Substring) {
        let name = inner.prefix { !$0.isWhitespace && $0 != "/" }
        var tag = Tag(name: String(name), attributes: [:])
        var rest = inner.dropFirst(name.count)
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == "/" }
            let key = rest.prefix { !$0.isWhitespace && $0 != "=" }
            guard !key.isEmpty else { break }
            rest = rest.dropFirst(key.count)
            var value = ""
            if rest.hasPrefix("=\"") {
                rest = rest.dropFirst(2)
                value = String(rest.prefix { $0 != "\"" })
                rest = rest.dropFirst(value.count + 1)
            }
            tag.attributes[String(key)] = value
            if Self.told.contains(String(key)) { keep(Substring(value)) }
        }
        tags.append(tag)
    }

    func tags(_ names: String...) -> [Tag] { tags.filter { names.contains($0.name) } }
}
