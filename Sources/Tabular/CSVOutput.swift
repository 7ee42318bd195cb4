extension Array where Element == UInt8 {
    /// Adds a field to a line of CSV: between double quotes, and with its own doubled, where it
    /// holds the delimiter, a quote or a line end (RFC 4180).
    ///
    /// - Complexity: O(*n*) in the bytes of the field.
    public mutating func appendCSVField(
        _ field: ArraySlice<UInt8>,
        delimiter: UInt8 = UInt8(ascii: ",")
    ) {
        let needsQuotes = field.contains {
            $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
        }
        guard needsQuotes else {
            append(contentsOf: field)
            return
        }
        append(0x22)
        for byte in field {
            if byte == 0x22 { append(0x22) }
            append(byte)
        }
        append(0x22)
    }

    /// Adds a text as a field to a line of CSV, quoted where it needs to be.
    public mutating func appendCSVField(_ text: String, delimiter: UInt8 = UInt8(ascii: ",")) {
        appendCSVField(Array(text.utf8)[...], delimiter: delimiter)
    }
}
