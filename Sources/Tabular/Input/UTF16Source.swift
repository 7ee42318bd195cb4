/// In which order UTF-16 has its bytes, and how many of them are a byte-order mark.
struct UTF16Form: Equatable {
    let isLittleEndian: Bool
    let markLength: Int

    /// Tells by a byte-order mark, by zeros in every other byte, or by what a person said; nil for another encoding.
    init?(beginning: ArraySlice<UInt8>, _ encoding: TextEncoding?) {
        // UTF-32 begins the same.
        let isUTF32 = beginning.starts(with: [0xFF, 0xFE, 0, 0])
        let mark: Bool? =
            beginning.starts(with: [0xFF, 0xFE]) && !isUTF32
            ? true : beginning.starts(with: [0xFE, 0xFF]) ? false : nil
        switch encoding {
        case .utf8, .windows1252, .latin1, .latin9: return nil
        case .utf16LittleEndian: isLittleEndian = true
        case .utf16BigEndian: isLittleEndian = false
        case .utf16: isLittleEndian = mark ?? Self.byZeros(beginning) ?? true
        case nil:
            guard let found = mark ?? Self.byZeros(beginning) else { return nil }
            isLittleEndian = found
        }
        markLength = mark == nil ? 0 : 2
    }

    /// Whether the low bytes come first, where most characters have a zero for their other byte and no text has.
    private static func byZeros(_ bytes: ArraySlice<UInt8>) -> Bool? {
        let bytes = bytes.prefix(4096)
        guard bytes.count >= 4 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (offset, byte) in bytes.enumerated() where byte == 0 {
            if offset.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let pairs = bytes.count / 2
        if zeros.even * 20 < zeros.odd, zeros.odd * 3 > pairs { return true }
        if zeros.odd * 20 < zeros.even, zeros.even * 3 > pairs { return false }
        return nil
    }
}

/// Makes UTF-8 of UTF-16, block by block.
final class UTF16Source: TextSource {
    private let source: any TextSource
    private let form: UTF16Form
    private var marked: Int
    /// Half of a code unit, or of a pair of them.
    private var carried: [UInt8] = []
    private var isAtEnd = false

    init(_ source: any TextSource, _ form: UTF16Form) {
        self.source = source
        self.form = form
        marked = form.markLength
    }

    func next() throws -> [UInt8]? {
        while !isAtEnd {
            var bytes = carried
            carried = []
            if let block = try source.next() {
                bytes += block
            } else {
                isAtEnd = true
            }
            let skipped = min(marked, bytes.count)
            marked -= skipped
            let text = decoded(bytes.dropFirst(skipped))
            if !text.isEmpty { return text }
        }
        return nil
    }

    private func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        func unit(_ place: Int) -> UInt16 {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return form.isLittleEndian ? second << 8 | first : first << 8 | second
        }
        while place + 1 < bytes.endIndex {
            let first = unit(place)
            if first < 0x80 {
                text.append(UInt8(first))
                place += 2
            } else if let scalar = Unicode.Scalar(first) {
                text += UTF8.encode(scalar).map { Array($0) } ?? []
                place += 2
            } else if first < 0xDC00, place + 3 >= bytes.endIndex, !isAtEnd {
                break
            } else if first < 0xDC00, place + 3 < bytes.endIndex,
                UTF16.isTrailSurrogate(unit(place + 2)),
                let scalar = Unicode.Scalar(
                    0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(unit(place + 2) - 0xDC00)
                )
            {
                text += UTF8.encode(scalar).map { Array($0) } ?? []
                place += 4
            } else {
                // No character; the record is malformed, as one with broken UTF-8 is.
                text.append(0xFF)
                place += 2
            }
        }
        if isAtEnd, place < bytes.endIndex {
            text.append(0xFF)
        } else {
            carried = Array(bytes[place...])
        }
        return text
    }
}
