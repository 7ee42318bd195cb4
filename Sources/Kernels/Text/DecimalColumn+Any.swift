extension DecimalColumn {
    /// What a field that the fast paths leave aside turns out to be.
    enum Reading {
        case number(Double)
        case blank
        case invalid
    }

    /// Reads a field of any form.
    @inline(never)
    static func any(
        _ memory: UnsafeRawBufferPointer,
        _ start: Int,
        _ length: Int,
        _ separator: UInt8
    ) -> Reading {
        var text: [UInt8] = []
        text.reserveCapacity(length)
        for offset in start ..< start + length { unsafe text.append(memory[offset]) }
        let space: UInt8 = 0x20
        while text.last == space { text.removeLast() }
        let leading = text.prefix { $0 == space }.count
        text.removeFirst(leading)
        guard !text.isEmpty else { return .blank }
        guard isDecimal(text, separator: separator) else { return .invalid }
        let literal = text.map { $0 == separator ? 0x2E : $0 }
        guard let value = Double(String(decoding: literal, as: UTF8.self)), value.isFinite else {
            return .invalid
        }
        return .number(value)
    }

    /// Whether the text is `[+-] digits [separator digits] [e [+-] digits]`, with a digit before or
    /// after the separator.
    private static func isDecimal(_ text: [UInt8], separator: UInt8) -> Bool {
        var rest = text[...]
        func skipSign() {
            if rest.first == 0x2B || rest.first == 0x2D { rest.removeFirst() }
        }
        func skipDigits() -> Int {
            let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest.removeFirst(count)
            return count
        }
        skipSign()
        var digits = skipDigits()
        if rest.first == separator {
            rest.removeFirst()
            digits += skipDigits()
        }
        guard digits > 0 else { return false }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest.removeFirst()
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
