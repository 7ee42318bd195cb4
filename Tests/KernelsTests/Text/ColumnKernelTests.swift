import Kernels
import Testing

/// One column, its fields apart by a byte that belongs to none.
private func spans(_ fields: [String], gap: UInt8 = 0x2C) -> FieldSpans {
    var bytes: [UInt8] = []
    var starts: [UInt32] = [0]
    for field in fields {
        bytes += Array(field.utf8) + [gap]
        starts.append(UInt32(bytes.count))
    }
    bytes += [UInt8](repeating: 0x37, count: StructuralScan.padding)
    return FieldSpans(
        bytes: bytes,
        starts: starts,
        ends: starts,
        first: 0,
        stride: 1,
        rows: fields.count
    )
}

@Suite struct DecimalColumnTests {
    @Test(
        arguments: [
            "0", "-0", "7", "-7", "12345678", "123456789", "-1234567", "-12345678", "0.1", "-0.1",
            "5.", ".5", "-.5", "101348.88", "83807.86", "125510.82", "1234567.8", "12345678.9",
            "0.00000001", "0.123456789012", "9007199254740992", "9007199254740993",
            "9999999999999999", "99999999999999.99", "900719925474099.3", "+5", "+.5e1", "1e5",
            "1E-5", "1e22", "1e23", "1.7976931348623157e308", "4.9e-324", "1e-400",
            "123456789012345678901234567890", "0.1000000000000000055511151231257827", "00000000012",
            "2.2250738585072011e-308", "-123456789012.25", "12345678.", "1234567.", ".12345678",
            "1234567890123456", "123456789012345.", ".123456789012345",
        ]
    )
    func `numbers, bit for bit as the standard library reads them`(text: String) {
        let (values, invalid) = DecimalColumn.parse(spans([text]))
        #expect(values.map(\.bitPattern) == [Double(text)?.bitPattern])
        #expect(invalid.isEmpty)
    }

    @Test(
        arguments: [
            "a", "inf", "nan", "-inf", "infinity", "0x10", "1,5", "1.2.3", "1.2.3.4.5.6", "--1",
            "-",
            "+", ".", "-.", "+.", "1e", "1e+", "e5", "1 2", "12a", "1e999", "-1e999", "12345678a",
            "1234567.8.9", "-1234567-", "1-", "12345678:", "/", ":", "1\u{0}", "٣", "1_000",
            "123456789-1", "..123456789", "1.......2", "\t1", "1234567890123456a",
        ]
    )
    func `what is no number`(text: String) {
        let (values, invalid) = DecimalColumn.parse(spans(["1", text]))
        #expect(values[0] == 1)
        #expect(values[1].isNaN)
        #expect(invalid == [1])
    }

    @Test(arguments: ["", " ", "      ", "                    "])
    func `blank fields are null`(text: String) {
        let (values, invalid) = DecimalColumn.parse(spans([text, "2"]))
        #expect(values[0].isNaN && values[1] == 2)
        #expect(invalid.isEmpty)
    }

    @Test(
        arguments: [" 1.5", "1.5 ", "  1.5  ", "          1.5        "]
    )
    func `spaces around are ignored`(text: String) {
        #expect(DecimalColumn.parse(spans([text])).values == [1.5])
    }

    @Test
    func `the separator may be a comma, and then is no point`() {
        let (values, invalid) = DecimalColumn.parse(
            spans(["1,5", "-12345678,25", "1.5", "1,5e3", "12345678901234567,5"], gap: 0x3B),
            separator: 0x2C
        )
        #expect(values[0] == 1.5 && values[1] == -12_345_678.25 && values[3] == 1500)
        #expect(values[4] == 12_345_678_901_234_567.5)
        #expect(invalid == [2])
    }

    @Test(arguments: 1 ... 20)
    func `agrees with the standard library on random text`(length: Int) {
        var generator = SeededGenerator(seed: UInt64(length))
        let alphabets = ["0123456789", "0123456789.", "0123456789.-", "0123456789.-+e ,:/"]
        for alphabet in alphabets.map(Array.init) {
            let fields = (0 ..< 2000).map { _ in
                String((0 ..< length).map { _ in alphabet[generator.below(alphabet.count)] })
            }
            let (values, invalid) = DecimalColumn.parse(spans(fields, gap: 0x3B))
            var expectedInvalid: [Int] = []
            for (row, field) in fields.enumerated() {
                let trimmed = String(
                    field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
                )
                let expected = Double(trimmed).flatMap { $0.isFinite ? $0 : nil }
                if expected == nil, !trimmed.isEmpty { expectedInvalid.append(row) }
                #expect(
                    values[row].bitPattern == (expected ?? .nan).bitPattern,
                    "\(field)"
                )
            }
            #expect(invalid == expectedInvalid)
        }
    }
}

@Suite struct LevelColumnTests {
    @Test(arguments: [1, 2, 3, 7, 40, 300])
    func `agrees with firstIndex(of:)`(levelCount: Int) {
        var generator = SeededGenerator(seed: UInt64(levelCount))
        func word() -> String {
            String((0 ..< 1 + generator.below(24)).map { _ in "ab"[generator.below(2)] })
        }
        let levels = (0 ..< levelCount).map { _ in word() }
        let fields = (0 ..< 3000).map { row in
            row % 3 == 0 ? word() : row % 50 == 1 ? "" : levels[generator.below(levelCount)]
        }
        #expect(
            LevelColumn(levels).match(spans(fields))
                == fields.map { field in
                    field.isEmpty ? -1 : Int32(levels.firstIndex(of: field) ?? -2)
                }
        )
    }

    @Test
    func `levels that differ late, in length or in a zero byte are different`() {
        let levels = [
            "a", "a\u{0}", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq",
            "abcdefghijklmnopr",
        ]
        #expect(LevelColumn(levels).match(spans(levels)) == [0, 1, 2, 3, 4, 5, 6])
        #expect(
            LevelColumn(levels).match(spans(["b", "abcdefghj", "abcdefghijklmnops"])) == [
                -2, -2, -2,
            ]
        )
        #expect(LevelColumn([]).match(spans(["a", ""])) == [-2, -1])
    }
}

extension String {
    fileprivate subscript(_ offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}
