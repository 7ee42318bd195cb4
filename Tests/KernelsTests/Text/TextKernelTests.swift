import Kernels
import Testing

private let padding = [UInt8](repeating: 0xEE, count: StructuralScan.padding)

/// Random text over few characters, so that every neighbourhood occurs.
private func text(_ count: Int, of alphabet: [UInt8], _ generator: inout SeededGenerator) -> [UInt8]
{
    (0 ..< count).map { _ in alphabet[generator.below(alphabet.count)] }
}

private let structure = Array("ab,,\n\r\"7".utf8)

@Suite struct StructuralScanTests {
    @Test(arguments: 0 ..< 200)
    func `agrees with looking at every byte, at every length`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for alphabet in [structure, Array(",".utf8), Array("a".utf8)] {
            let bytes = text(count, of: alphabet, &generator)
            let starts = bytes.indices.filter { bytes[$0] == 0x2C || bytes[$0] == 0x0A }
            #expect(
                StructuralScan.fieldStarts(bytes + padding, count: count, delimiter: 0x2C)
                    == [0] + starts.map { UInt32($0) + 1 }
            )
            let all = bytes.indices.filter { [0x2C, 0x0A, 0x0D, 0x22].contains(bytes[$0]) }
            #expect(
                StructuralScan.positions(bytes + padding, count: count, delimiter: 0x2C)
                    == all.map(UInt32.init)
            )
        }
    }

    @Test
    func `does not count delimiters in the padding`() {
        let bytes = [UInt8](repeating: 0x2C, count: 65)
        #expect(StructuralScan.fieldStarts(bytes, count: 1, delimiter: 0x2C) == [0, 1])
    }

    @Test
    func `stops where the padding is missing`() async {
        await #expect(processExitsWith: .failure) {
            _ = StructuralScan.positions([0x2C], count: 1, delimiter: 0x2C)
        }
    }
}

@Suite struct ByteSummaryTests {
    @Test(arguments: 0 ..< 150)
    func `agrees with looking at every byte, at every length`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for alphabet in [structure, Array("\r\n".utf8), Array("a\n".utf8), [0x61, 0xC3, 0xFF]] {
            let bytes = text(count, of: alphabet, &generator)
            let summary = ByteSummary(bytes, in: bytes.indices)
            let ends = bytes.indices.count { here in
                bytes[here] == 0x0A
                    || (bytes[here] == 0x0D && (here + 1 == count || bytes[here + 1] != 0x0A))
            }
            #expect(summary.lineEnds == ends)
            #expect(summary.hasQuote == bytes.contains(0x22))
            #expect(summary.hasCarriageReturn == bytes.contains(0x0D))
            #expect(summary.hasNonASCII == bytes.contains { $0 > 0x7F })
        }
    }

    @Test
    func `counts more line ends than fit a byte`() {
        let bytes = [UInt8](repeating: 0x0A, count: 100_000)
        #expect(ByteSummary(bytes, in: bytes.indices).lineEnds == 100_000)
    }
}

@Suite struct ByteSearchTests {
    @Test(arguments: 0 ..< 40)
    func `agrees with firstIndex(of:)`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for _ in 0 ..< 20 {
            let bytes = text(count, of: [0x21, 0x22, 0x23, 0xA2, 0, 0x61], &generator)
            let range = min(3, count) ..< count
            #expect(
                ByteSearch.first(0x22, in: bytes, range: range) == bytes[range].firstIndex(of: 0x22)
            )
        }
    }
}

@Suite struct UTF8CheckTests {
    @Test
    func `agrees with the standard library on random bytes`() {
        var generator = SeededGenerator(seed: 1)
        let alphabet: [UInt8] = [
            0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
            0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
        ]
        var valid = 0
        for round in 0 ..< 40_000 {
            let bytes = text(round % 12, of: alphabet, &generator)
            let expected = String(validating: bytes, as: UTF8.self) != nil
            if expected { valid += 1 }
            #expect(
                (UTF8Check.firstInvalid(bytes, in: bytes.indices) == nil) == expected,
                "\(bytes)"
            )
        }
        #expect(valid > 3000)
    }

    @Test
    func `names the first broken byte`() {
        let bytes = Array("Żółć and more".utf8) + [0xC3, 0x28]
        #expect(UTF8Check.firstInvalid(bytes, in: bytes.indices) == bytes.count - 2)
        #expect(UTF8Check.firstInvalid(bytes, in: 0 ..< bytes.count - 2) == nil)
    }
}
