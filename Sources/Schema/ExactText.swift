/// A text that equals another only byte by byte.
///
/// Swift's `String` takes "é" in its composed and decomposed form for the same; in a CSV file they
/// are two levels, as they are for the peers that results are compared with.
struct ExactText: Hashable, Comparable {
    let string: String

    init(_ string: String) { self.string = string }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.string.utf8.elementsEqual(right.string.utf8)
    }

    /// Code point order, which is also Python's.
    static func < (left: ExactText, right: ExactText) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: Substring {
        let visible: ClosedRange<UInt8> = 0x21 ... 0x7E
        if let first = utf8.first, let last = utf8.last, visible ~= first, visible ~= last {
            return self[...]
        }
        guard let first = firstIndex(where: { !$0.isBlank }),
            let last = lastIndex(where: { !$0.isBlank })
        else { return "" }
        return self[first ... last]
    }
}

extension Character {
    /// White space of any width, also of none: U+200B, U+2060 and a byte-order mark that strayed.
    fileprivate var isBlank: Bool {
        isWhitespace || self == "\u{200B}" || self == "\u{2060}" || self == "\u{FEFF}"
    }
}
