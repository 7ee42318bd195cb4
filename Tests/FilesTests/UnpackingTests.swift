import Files
import Foundation
import Testing

/// Bytes that Python's gzip and zlib have packed.
@Suite struct UnpackingTests {
    private static let text = Array(#"[{"Age": 7}]"#.utf8)
    private static let gzip = "H4sIAAAAAAACA4uuVnJMT1WyUjCvjQUAUJF2xQwAAAA="
    private static let zlib = "eJyLrlZyTE9VslIwr40FABebA5M="
    /// 65,536 zeros.
    private static let zeros =
        "H4sIAAAAAAACA+3BAQEAAACAkP6v7ggKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAauuOl9cAAAEA"

    private func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

    @Test(arguments: [gzip, zlib])
    func `gives back what was packed, up to the limit and no further`(packed: String) throws {
        let packed = bytes(packed)
        #expect(try unpacked(packed, upTo: Self.text.count) == Self.text)
        #expect(throws: UnpackingError.tooLarge) {
            try unpacked(packed, upTo: Self.text.count - 1)
        }
    }

    @Test(arguments: [gzip, zlib])
    func `what is cut off or changed anywhere is broken`(packed: String) throws {
        let packed = bytes(packed)
        for length in packed.indices {
            #expect(throws: UnpackingError.broken) {
                try unpacked(Array(packed[..<length]), upTo: 1000)
            }
        }
        for place in packed.indices {
            var changed = packed
            changed[place] ^= 0xFF
            // A few bytes of gzip's head say nothing about what is in it.
            if let result = try? unpacked(changed, upTo: 1000) { #expect(result == Self.text) }
        }
        #expect(throws: UnpackingError.broken) { try unpacked(packed + [1], upTo: 1000) }
    }

    @Test func `members follow one another`() throws {
        let twice = bytes(Self.gzip) + bytes(Self.gzip)
        #expect(try unpacked(twice, upTo: 1000) == Self.text + Self.text)
    }

    @Test func `nothing is made of nothing`() throws {
        #expect(throws: UnpackingError.broken) { try unpacked([], upTo: 1000) }
        #expect(throws: UnpackingError.broken) { try unpacked(Array("text".utf8), upTo: 1000) }
    }

    @Test func `a bomb goes off no further than the limit`() throws {
        let bomb = bytes(Self.zeros)
        let many = Array(repeating: bomb, count: 10_000).flatMap(\.self)
        #expect(throws: UnpackingError.tooLarge) { try unpacked(many, upTo: 1 << 20) }
        #expect(try unpacked(bomb, upTo: 1 << 16) == [UInt8](repeating: 0, count: 1 << 16))
    }
}
