/// Identifiers of very many customers, side by side in memory.
public struct IdentifierList: Equatable, Sendable {
    private var bytes: [UInt8] = []
    /// Where each identifier ends.
    private var ends: [Int] = []

    /// Begins without any.
    public init() {}

    /// Takes texts.
    public init(_ texts: some Sequence<String>) {
        for text in texts { append(text.utf8) }
    }

    /// How many there are.
    public var count: Int { ends.count }

    /// The identifier's bytes, UTF-8.
    ///
    /// - Precondition: `place` is below `count`.
    public subscript(place: Int) -> ArraySlice<UInt8> {
        bytes[(place == 0 ? 0 : ends[place - 1]) ..< ends[place]]
    }

    /// The identifier as text.
    ///
    /// - Precondition: `place` is below `count`.
    public func text(_ place: Int) -> String { String(decoding: self[place], as: UTF8.self) }

    /// Adds an identifier.
    public mutating func append(_ identifier: some Sequence<UInt8>) {
        bytes.append(contentsOf: identifier)
        ends.append(bytes.count)
    }

    /// Adds an identifier whose bytes `write` adds to what it is given.
    ///
    /// - Parameter write: Adds the bytes at the end, and changes nothing else.
    /// - Returns: Whether the identifier is empty.
    public mutating func append(_ write: (inout [UInt8]) -> Void) -> Bool {
        let before = bytes.count
        write(&bytes)
        ends.append(bytes.count)
        return bytes.count == before
    }

    /// Adds another list's identifiers.
    public mutating func append(contentsOf other: IdentifierList) {
        let start = bytes.count
        bytes += other.bytes
        ends += other.ends.map { start + $0 }
    }
}
