import Files
import Foundation
import TestSupport
import Testing

/// Bytes that Python's gzip and the zstd program have packed.
@Suite struct StreamUnpackerTests {
    /// Two members: `a,b` and `1,2`, a line each.
    private static let packed = [
        "H4sIAAAAAAACA0vUSeICAMUQlyQEAAAAH4sIAAAAAAACAzPUMeICADNCIVUEAAAA",
        "KLUv/QRYIQAAYSxiCm1rEzIotS/9BFghAAAxLDIKv5MTYA==",
    ]
    private static let text = Array("a,b\n1,2\n".utf8)
    /// 4 MiB of zeros.
    private static let zeros =
        "KLUv/QRoTAAACDABAPz/ORACAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAgAQMAIAEDACABAwAwAQMJIUTEM="

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64) ?? Data())
    }

    /// Gives the bytes some at a time.
    private static func unpack(_ bytes: [UInt8], step: Int) throws -> (text: [UInt8], isWhole: Bool)
    {
        var unpacker = StreamUnpacker(try #require(Packing(bytes)))
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            unpacker.give(Array(bytes[start ..< min(bytes.count, start + step)]))
            while true {
                let part = try unpacker.take(upTo: 1000)
                if part.isEmpty { break }
                #expect(part.count <= 1000)
                text += part
            }
        }
        return (text, unpacker.isWhole)
    }

    @Test(arguments: packed, [1, 3, 7, 1000])
    func `members follow one another, however the bytes come`(packed: String, step: Int) throws {
        let bytes = Self.bytes(packed)
        #expect(try Self.unpack(bytes, step: step) == (Self.text, true))
        // As tapes fill their last block.
        #expect(try Self.unpack(bytes + [0, 0, 0], step: step) == (Self.text, true))
    }

    @Test(arguments: packed)
    func `what is cut off is not whole, unless between members`(packed: String) throws {
        let bytes = Self.bytes(packed)
        for length in 4 ..< bytes.count {
            let result = try Self.unpack(Array(bytes[..<length]), step: 5)
            #expect(result.isWhole == (length == bytes.count - Self.second(bytes)))
            #expect(Self.text.starts(with: result.text))
        }
    }

    /// Length of the second member.
    private static func second(_ bytes: [UInt8]) -> Int {
        let mark = Array(bytes.prefix(4))
        let start = (1 ..< bytes.count).first { bytes[$0...].starts(with: mark) } ?? 0
        return bytes.count - start
    }

    @Test(arguments: packed)
    func `what is changed is broken`(packed: String) throws {
        let bytes = Self.bytes(packed)
        #expect(throws: UnpackingError.broken) { try Self.unpack(bytes + [1, 2, 3, 4], step: 9) }
        var changed = bytes
        changed[bytes.count - 3] ^= 0xFF
        #expect(throws: UnpackingError.broken) { try Self.unpack(changed, step: 9) }
    }

    @Test func `little becomes much, a part at a time`() throws {
        let result = try Self.unpack(Self.bytes(Self.zeros), step: 50)
        #expect(result.isWhole)
        #expect(result.text.count == 4 << 20 && result.text.allSatisfy { $0 == 0x30 })
    }

    @Test(arguments: packed)
    func `a file is unpacked in a thread of its own`(packed: String) throws {
        let folder = try TemporaryFolder()
        let bytes = Self.bytes(packed)
        try folder.file("a", Data(bytes))
        let packing = try #require(Packing(bytes))
        let blocks = UnpackedBlocks(
            try BlockReader(folder.path + "/a"),
            beginning: [],
            packing: packing
        )
        var text: [UInt8] = []
        while let block = try blocks.next() { text += block }
        #expect(text == Self.text)
        #expect(try blocks.next() == nil)
        try folder.file("b", Data(bytes.dropLast()))
        let cut = UnpackedBlocks(
            try BlockReader(folder.path + "/b"),
            beginning: [],
            packing: packing
        )
        #expect(throws: UnpackingError.broken) { while try cut.next() != nil {} }
        #expect(throws: UnpackingError.broken) { try cut.next() }
    }

    @Test func `a reader that goes away ends the thread`() throws {
        let folder = try TemporaryFolder()
        try folder.file("a", Data(Self.bytes(Self.zeros)))
        for _ in 0 ..< 20 {
            let blocks = UnpackedBlocks(
                try BlockReader(folder.path + "/a"),
                beginning: [],
                packing: .zstd
            )
            #expect(try blocks.next()?.isEmpty == false)
        }
    }
}
