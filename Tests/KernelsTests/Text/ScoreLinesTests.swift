import Kernels
import Testing

@Suite struct ShortestDecimalTests {
    @Test(arguments: 0 ..< 8)
    func `writes what description writes, for random probabilities`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var wrong: [Float] = []
        for _ in 0 ..< 250_000 {
            let bits = UInt32(generator.below(Int(Float(1).bitPattern) + 1))
            let near = Float(generator.below(1 << 24)) / 16_777_216
            for value in [Float(bitPattern: bits), near]
            where ShortestDecimal.text(value) != Array(value.description.utf8) {
                wrong.append(value)
            }
        }
        #expect(wrong == [])
    }

    @Test
    func `writes what description writes, around short decimals and powers of two`() {
        var values: [Float] = [0, -0.0, 1, 2, -0.5, .nan, .infinity, .leastNonzeroMagnitude, 1e-4]
        for whole in 0 ... 10000 { values.append(Float(whole) / 10000) }
        // Few bits: decimals that end in 5, and so ties.
        for whole in 1 ..< 4096 { values.append(Float(whole) / 4096) }
        for exponent in -20 ... 0 {
            values.append(Float(sign: .plus, exponent: exponent, significand: 1))
        }
        let around = values.flatMap { [$0.nextDown, $0, $0.nextUp] }
        let wrong = around.filter { ShortestDecimal.text($0) != Array($0.description.utf8) }
        #expect(wrong.isEmpty, "\(wrong)")
    }
}

extension ShortestDecimal {
    fileprivate static func text(_ value: Float) -> [UInt8] {
        var text: [UInt8] = []
        append(value, to: &text)
        return text
    }
}

@Suite struct ScoreLinesTests {
    @Test(arguments: 0 ..< 100)
    func `writes what joining the texts writes, quotes included`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let alphabet = Array("ab,\n\r\"7".utf8)
        var text: [UInt8] = []
        var starts: [UInt32] = [0]
        let fields = (0 ..< count).map { row -> [UInt8] in
            // Some hold nothing to quote, some are longer than a word.
            let letters = row % 2 == 0 ? alphabet : Array("id5".utf8)
            return (0 ..< generator.below(20)).map { _ in letters[generator.below(letters.count)] }
        }
        for field in fields {
            text += field + [0x2C]
            starts.append(UInt32(text.count))
        }
        let rows = (0 ..< count).filter { _ in generator.below(3) > 0 }
        let values = rows.map { _ in Float(generator.below(1 << 24)) / 16_777_216 }
        let endings = [",low\n", ",rather long\n", "\n"].map { Array($0.utf8) }
        let endingOf = rows.map { _ in UInt8(generator.below(3)) }
        var expected: [UInt8] = []
        for (index, row) in rows.enumerated() {
            let field = fields[row]
            if field.contains(where: { Array(",\n\r\"".utf8).contains($0) }) {
                expected += [0x22] + field.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
            } else {
                expected += field
            }
            expected += Array(",\(values[index])".utf8) + endings[Int(endingOf[index])]
        }
        let spans = FieldSpans(
            bytes: text + Array(repeating: 0x2C, count: StructuralScan.padding),
            starts: starts,
            ends: starts,
            first: 0,
            stride: 1,
            rows: count
        )
        let lines = ScoreLines.make(
            fields: spans,
            rows: rows,
            values: values,
            endings: endings,
            endingOf: endingOf
        )
        #expect(lines == expected)
    }
}
