import Foundation
import Output
import Tabular
import Testing

/// Files that are no plain CSV in UTF-8.
@Suite struct InputTests {
    private static let text = "Straße,b\nMüller,1\n\"Sør, Å\",2\n€ 5,😀\n"
    private static let rows = [["Müller", "1"], ["Sør, Å", "2"], ["€ 5", "😀"]]

    private static func utf16(_ text: String, isLittle: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
            let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
            return isLittle ? [low, high] : [high, low]
        }
    }

    @Test(arguments: [true, false], [true, false])
    func `UTF-16 of either order, with a byte-order mark and without`(
        isLittle: Bool,
        mark: Bool
    ) throws {
        // Without a mark most characters have to be ASCII.
        let text = Self.text + String(repeating: "plain,9\n", count: 40)
        let bytes = Self.utf16(text, isLittle: isLittle, mark: mark)
        for blockSize in [1, 7, 1 << 20] {
            let reading = try read(bytes, blockSize: blockSize)
            #expect(reading.header == ["Straße", "b"])
            #expect(Array(reading.rows.map(\.fields).prefix(3)) == Self.rows)
            #expect(reading.rows.map(\.line) == Array(2 ... 44))
        }
        try withFile(bytes) { path in
            let found = try CSVReader(path)
            #expect(found.remarks == ["the file is read as UTF-16"])
            let told = try CSVReader(
                path,
                encoding: isLittle ? .utf16LittleEndian : .utf16BigEndian
            )
            #expect(told.header == ["Straße", "b"])
            #expect(told.remarks == [])
        }
    }

    @Test func `half a pair and half a unit of UTF-16 are malformed records`() throws {
        var bytes = Self.utf16("a,b\nx,1\n", isLittle: true, mark: true)
        bytes += [0x00, 0xD8, 0x2C, 0x00, 0x31, 0x00, 0x0A, 0x00, 0x79]
        let problems = try read(bytes).rows.map(\.problem)
        #expect(problems == [nil, .invalidUTF8(column: 0), .invalidUTF8(column: 0)])
    }

    /// Names in Windows-1252, as bytes.
    private static let western: [[UInt8]] = [
        [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72], [0x43, 0x61, 0x66, 0xE9], [0x80, 0x20, 0x35],
        [0x49, 0x6E, 0x66, 0x6F, 0x72, 0x6D, 0x61, 0xE7, 0xE3, 0x6F], [0x4F, 0x92, 0x42],
    ]

    @Test(arguments: [0, 100_000])
    func `Windows-1252 is certain and announced, also far down`(before: Int) throws {
        var bytes = Array("a,b\n".utf8)
        for row in 0 ..< before / 10 { bytes += Array("\(row % 10),plain\n".utf8) }
        for name in Self.western { bytes += name + [0x2C, 0x31, 0x0A] }
        let expected = ["Müller", "Café", "€ 5", "Informação", "O’B"]
        for blockSize in [1000, 65_536, 1 << 20] {
            let rows = try read(bytes, blockSize: blockSize, threads: 2).rows
            #expect(rows.suffix(5).map { $0.fields[0] } == expected)
        }
        try withFile(bytes) { path in
            var reader = try CSVReader(path)
            _ = try reader.readAll()
            #expect(reader.remarks.count == 1)
            #expect(reader.remarks.first?.contains("is read as Windows-1252") == true)
            var told = try CSVReader(path, encoding: .utf8)
            #expect(try told.readAll().reduce(0) { $0 + $1.malformed.count } == 5)
            #expect(told.remarks == [])
        }
    }

    @Test(
        arguments: [
            // Windows-1251: Москва. Code page 850: Müller, Ålborg. Mac Roman: Müller. Windows-1250: Łódź, Śląsk.
            [0xCC, 0xEE, 0xF1, 0xEA, 0xE2, 0xE0], [0x4D, 0x81, 0x6C, 0x6C, 0x65, 0x72],
            [0x4D, 0x9F, 0x6C, 0x6C, 0x65, 0x72], [0xA3, 0xF3, 0x64, 0x9F],
            [0x8C, 0x6C, 0xB9, 0x73, 0x6B],
            // UTF-8 that was cut, and bytes that are no text.
            [0xC3, 0xA9, 0x74, 0xC3, 0xA9, 0xC3], [0xFF],
        ] as [[UInt8]]
    )
    func `what is not certain stays malformed`(name: [UInt8]) throws {
        var bytes = Array("a,b\n".utf8)
        for row in 0 ..< 50 { bytes += name + Array(",\(row)\n".utf8) }
        #expect(try read(bytes).rows.allSatisfy { $0.problem == .invalidUTF8(column: 0) })
    }

    @Test func `an encoding that is named is taken`() throws {
        try withFile(Array("a,b\nx".utf8) + [0xA4, 0x2C, 0x31, 0x0A]) { path in
            for (encoding, text) in [
                (TextEncoding.latin1, "x¤"), (.latin9, "x€"), (.windows1252, "x¤"),
            ] {
                var reader = try CSVReader(path, encoding: encoding)
                #expect(try reader.readAll().first?.text(row: 0, column: 0) == text)
            }
        }
        #expect(TextEncoding(named: "ISO_8859-1") == .latin1)
        #expect(TextEncoding(named: "CP1252") == .windows1252)
        #expect(TextEncoding(named: "koi8-r") == nil)
    }

    /// Of the same two records, a member each, by Python's gzip and the zstd program.
    @Test(
        arguments: [
            "H4sIAAAAAAACA0vUSeICAMUQlyQEAAAAH4sIAAAAAAACAzPUMeICADNCIVUEAAAA",
            "KLUv/QRYIQAAYSxiCm1rEzIotS/9BFghAAAxLDIKv5MTYA==",
        ]
    )
    func `packed files read as what was packed, and a cut one is told`(packed: String) throws {
        let bytes = Array(Data(base64Encoded: packed) ?? Data())
        #expect(try read(bytes) == read("a,b\n1,2\n"))
        let error = #expect(throws: CSVError.self) { try read(Array(bytes.dropLast(3))) }
        #expect(error?.rule.hasSuffix("packed is cut off or damaged") == true)
        #expect(error?.exitStatus == .badData)
        let inRequest = #expect(throws: CSVError.self) {
            _ = try CSVReader(text: bytes, named: "the body")
        }
        #expect(inRequest?.description.contains("Content-Encoding") == true)
    }

    @Test(
        arguments: [
            ([0x50, 0x41, 0x52, 0x31, 0x15, 0x04, 0x15], "a Parquet file"),
            ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a zip archive, as Excel's .xlsx is"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "a file of an old Office, as Excel's .xls is"),
            ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x00], "packed by bzip2"),
            (Array("SQLite format 3\0".utf8), "an SQLite database"),
            (Array("<!DOCTYPE html><html>".utf8), "a web page"),
            ([0x00, 0x01, 0x02, 0x00], "no text but a binary file"),
        ] as [([UInt8], String)]
    )
    func `files of other programs are named with what to do`(bytes: [UInt8], kind: String) {
        let error = #expect(throws: CSVError.self) { try read(bytes) }
        #expect(error?.rule == "the file is \(kind)")
        #expect(error?.fix.isEmpty == false)
    }

    @Test func `a column may be called as such a file begins`() throws {
        #expect(try read("ORC,PAR1\n1,2\n").header == ["ORC", "PAR1"])
    }
}

/// Headers that name fewer columns than the rows have.
@Suite struct HeaderTests {
    private func opened(
        _ text: String
    ) throws -> (header: [String], remarks: [String], fields: [[String]]) {
        var reader = try CSVReader(text: Array(text.utf8), named: "a.csv")
        let fields = try reader.readAll().flatMap { batch in
            (0 ..< batch.rowCount).map { row in
                (0 ..< batch.columnCount).map { batch.text(row: row, column: $0) }
            }
        }
        return (reader.header, reader.remarks, fields)
    }

    @Test func `R's names of rows are a column`() throws {
        let file = try opened("\"a\",\"b\"\n\"1\",2,\"x\"\n\"2\",3,\"y\"\n")
        #expect(file.header == ["row.names", "a", "b"])
        #expect(file.fields == [["1", "2", "x"], ["2", "3", "y"]])
        #expect(
            file.remarks == [
                "each row has one field more than the header: the first is taken for R's row names and called \"row.names\""
            ]
        )
        #expect(try opened("row.names,b\n1,2,3\n").header == ["row.names_", "row.names", "b"])
    }

    @Test func `R parts fields by blanks where it is told nothing else`() throws {
        let file = try opened("\"a\" \"b c\"\n\"1\" 2.5 \"x y\"\n\"2\" 3 \"z\"\n")
        #expect(file.header == ["row.names", "a", "b c"])
        #expect(file.fields == [["1", "2.5", "x y"], ["2", "3", "z"]])
        // A column of texts is none.
        #expect(try opened("name\nJohn Smith\nAda Lovelace\n").header == ["name"])
        #expect(try opened("full name\nJohn Smith\nAda\n").header == ["full name"])
    }

    @Test func `a column without a name has that of data frames`() throws {
        let file = try opened(",a,b\n0,2,x\n1,3,y\n")
        #expect(file.header == ["Unnamed: 0", "a", "b"])
        #expect(
            file.remarks == ["column 1 has no name in the header and is called \"Unnamed: 0\""]
        )
        #expect(try opened("a,b,,,,,\n1,2,,,,,\n").header.count == 7)
        #expect(
            try opened("a,b,,,,,\n1,2,,,,,\n").remarks == [
                "5 columns have no name in the header and are called \"Unnamed: 2\", \"Unnamed: 3\", \"Unnamed: 4\" and 2 more"
            ]
        )
    }

    @Test(arguments: ["\n", "\r\n"])
    func `Excel's line that names the delimiter is no header`(end: String) throws {
        let file = try opened("sep=;\(end)a;b\(end)1,5;x\(end)")
        #expect(file.header == ["a", "b"])
        #expect(file.fields == [["1,5", "x"]])
        #expect(try read("sep=|\na|b\n1|2\n").rows.map(\.line) == [3])
    }

    @Test func `a delimiter behind every row is a column without a name`() throws {
        let file = try opened("a,b\n1,2,\n3,4,\n")
        #expect(file.header == ["a", "b", "Unnamed: 2"])
        #expect(file.fields == [["1", "2", ""], ["3", "4", ""]])
    }

    @Test func `some rows with a field too many stay malformed`() throws {
        let text = "a,b\n" + (0 ..< 30).map { $0 % 3 == 0 ? "1,2,3\n" : "1,2\n" }.joined()
        #expect(try opened(text).header == ["a", "b"])
        #expect(try opened(text).remarks == [])
    }
}
