import Files
import Glibc
import Kernels
import Tabular
import Testing

/// Calls `body` with the path of a file of these bytes.
func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    let path = "/tmp/tabular-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).csv"
    try AtomicFile.write(bytes, to: path)
    defer { _ = unsafe unlink(path) }
    return try body(path)
}

/// What a reader made of one record.
struct Row: Equatable {
    var fields: [String]
    var line: Int
    var raw: [UInt8]
    var problem: CSVProblem?
}

struct Reading: Equatable {
    var header: [String]
    var dialect: CSVDialect
    var rows: [Row]
}

func read(
    _ bytes: [UInt8],
    blockSize: Int = CSVReader.defaultBlockSize,
    threads: Int = 1
) throws -> Reading {
    try withFile(bytes) { path in
        var reader = try CSVReader(path, blockSize: blockSize)
        var rows: [Row] = []
        for batch in try reader.readAll(threads: threads) {
            var problems = batch.malformed[...]
            for row in 0 ..< batch.rowCount {
                rows.append(
                    Row(
                        fields: (0 ..< batch.columnCount).map { batch.text(row: row, column: $0) },
                        line: batch.line(row: row),
                        raw: batch.raw(row: row),
                        problem: problems.first?.row == row ? problems.removeFirst().problem : nil
                    )
                )
            }
        }
        return Reading(header: reader.header, dialect: reader.dialect, rows: rows)
    }
}

func read(_ text: String, blockSize: Int = CSVReader.defaultBlockSize) throws -> Reading {
    try read(Array(text.utf8), blockSize: blockSize)
}

@Suite struct CSVReaderTests {
    @Test(
        arguments: [
            ("a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]], [2, 3]),
            ("a,b\n1,2\n3,4", [["1", "2"], ["3", "4"]], [2, 3]),
            ("a,b\r\n1,2\r\n3,4\r\n\r\n\r\n", [["1", "2"], ["3", "4"]], [2, 3]),
            ("a,b\r1,2\r3,4\r", [["1", "2"], ["3", "4"]], [2, 3]),
            ("\u{FEFF}a,b\n1,2\n\n", [["1", "2"]], [2]),
            ("\n\na,b\n\n1,2\n", [["1", "2"]], [5]),
            ("a,b\n\"1\",\"2\"\n", [["1", "2"]], [2]),
            ("a,b\n\"x\"\"y\",\"\"\"\"\n", [["x\"y", "\""]], [2]),
            ("a,b\n\"1\n2\r\n3\",4\n5,6\n", [["1\n2\r\n3", "4"], ["5", "6"]], [2, 5]),
            ("a,b\n\"x,y\",\",\"\n", [["x,y", ","]], [2]),
            ("a,b\n5\" pipe,x\"y\n", [["5\" pipe", "x\"y"]], [2]),
            ("a,b\n\"\",\n", [["", ""]], [2]),
            ("\"a\",\"b\"\n1,2", [["1", "2"]], [2]),
            ("a;b\n1;2\n", [["1", "2"]], [2]),
            ("a\tb\n1\t2\n", [["1", "2"]], [2]),
            ("a,b\n", [], []),
            ("a,b", [], []),
        ] as [(String, [[String]], [Int])]
    )
    func `records`(text: String, fields: [[String]], lines: [Int]) throws {
        for blockSize in [1, 2, 3, 5, 1 << 18] {
            let reading = try read(text, blockSize: blockSize)
            #expect(reading.header == ["a", "b"])
            #expect(reading.rows.map(\.fields) == fields)
            #expect(reading.rows.map(\.line) == lines)
            #expect(reading.rows.allSatisfy { $0.problem == nil })
        }
    }

    @Test func `malformed records are counted and kept as they stood`() throws {
        let text =
            Array("a,b\n1,2\n3\n\"x\"y,4\n5,6,7\n8,".utf8) + [0xFF] + Array("\n\"\"\"\",9\n".utf8)
        for blockSize in [1, 4, 1 << 18] {
            let reading = try read(text, blockSize: blockSize)
            #expect(
                reading.rows.map(\.problem) == [
                    nil, .fieldCount(expected: 2, found: 1), .textAfterQuote(column: 0),
                    .fieldCount(expected: 2, found: 3), .invalidUTF8(column: 1), nil,
                ]
            )
            #expect(
                reading.rows.map(\.fields) == [
                    ["1", "2"], ["", ""], ["", ""], ["", ""], ["", ""], ["\"", "9"],
                ]
            )
            #expect(reading.rows[2].raw == Array("\"x\"y,4".utf8))
            #expect(reading.rows[4].raw == [0x38, 0x2C, 0xFF])
            #expect(reading.rows[5].raw == Array("\"\"\"\",9".utf8))
            #expect(reading.rows.map(\.line) == [2, 3, 4, 5, 6, 7])
        }
    }

    /// What data frames write has a way of its own; a carriage return at the very end takes it from that.
    @Test(arguments: 0 ..< 40)
    func `fields between quotes are the same by the short and the long way`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var pieces = [
            "\"a\"", "\"é,b\"", "12.5", "", "\"\"", "a long text without quotes", "\"x y\"",
        ]
        // Now and then what the short way must leave alone.
        if seed % 4 == 1 { pieces += ["\"q\"\"r\"", "\"a\nb\""] }
        if seed % 4 == 2 { pieces += ["a\"b", "\"d\"t", "\""] }
        if seed % 4 == 3 { pieces += ["\"m\",\"n\""] }
        var text = "one,two,three\n"
        for _ in 0 ..< 60 {
            text += (0 ..< 3).map { _ in pieces[generator.below(pieces.count)] }
                .joined(separator: ",")
            if generator.below(40) == 0 { text += "\n" }
            text += "\n"
        }
        let short = try? read(text)
        let long = try? read(String(text.dropLast()) + "\r\n")
        #expect(short == long)
        if seed % 4 == 0 { #expect(short?.rows.count == 60) }
    }

    @Test(arguments: 0 ..< 12)
    func `the same rows whatever the block size and the number of threads`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "a", "12.5", "é", ",", ",", "\n", "\r\n", "\r", "\"\"", "\"q\"", "\"a,\nb\"",
            "\"x\"\"\"",
            "\"d\"t", "p\"",
        ]
        var text = Array("one,two\n".utf8)
        for _ in 0 ..< 400 {
            text += Array(pieces[generator.below(pieces.count)].utf8)
            if generator.below(60) == 0 { text.append(0xC3) }
        }
        text += Array("\nx,y".utf8)
        let expected = try? read(text)
        for blockSize in [1, 2, 3, 7, 16, 31, 64, 100, 1000] {
            for threads in [1, 2, 3] {
                #expect((try? read(text, blockSize: blockSize, threads: threads)) == expected)
            }
        }
    }

    @Test(
        arguments: [
            ("a;b\n1,5;2,25\n3;4,5\n", CSVDialect(delimiter: 0x3B, decimalComma: true)),
            ("a;b\n1.5;2.25\n", CSVDialect(delimiter: 0x3B)),
            ("a;b\n1;\"x,y\"\n", CSVDialect(delimiter: 0x3B)),
            ("a,b\n1,5\n", CSVDialect()),
            ("a\tb\n1,5\t2\n", CSVDialect(delimiter: 0x09, decimalComma: true)),
            ("a,b\n\"1,5\",2\n", CSVDialect(decimalComma: true)),
            ("a,b\n\"1,500\",2\n", CSVDialect()), ("a;b\n1.500;2\n", CSVDialect(delimiter: 0x3B)),
            ("a;b\n1,500;2\n", CSVDialect(delimiter: 0x3B, decimalComma: true)),
            ("a|b\n1|2\n", CSVDialect(delimiter: 0x7C)),
            ("a\nx;y\n", CSVDialect()),
            ("name,\"a;b;c\"\n1,2\n", CSVDialect()),
        ]
    )
    func `dialects`(text: String, dialect: CSVDialect) throws {
        #expect(try read(text).dialect == dialect)
    }

    @Test func `a file of one column`() throws {
        #expect(try read("a\n1\n\n2\n").rows.map(\.fields) == [["1"], ["2"]])
    }

    @Test(
        arguments: [
            ("", "the file is empty; a header line with the names of the columns is needed"),
            ("\n\n", "the file is blank; a header line with the names of the columns is needed"),
            (
                "a,b,a\n",
                ", line 1, column 3, value \"a\": the header has this name twice; rename one of the columns"
            ),
            (",,\n1,2,3\n", ", line 1: the header has no name; give the columns names"),
            (
                "\n1,15634602,Hargrave,619\n",
                ", line 2, value \"1\": the first line holds numbers where names belong; put a header line first"
            ),
            (
                "a,\"b\nc",
                ", line 1: a double quote opens in the header and is never closed; close it, or write quotes within a quoted field twice"
            ),
            (
                "a,b\n1,2\n3,\"4\n5,6\n",
                ", line 3: a double quote opens here and is never closed; close it, or write quotes within a quoted field twice"
            ),
            (
                "a,\"b\"c\n",
                ", line 1, column 2: the header has text after a closing quote; write a double quote within a quoted field twice"
            ),
        ]
    )
    func `errors say what, where and how to fix it`(text: String, message: String) {
        for blockSize in [1, 3, 1 << 18] {
            let error = #expect(throws: CSVError.self) { try read(text, blockSize: blockSize) }
            #expect(error?.description.hasSuffix(message) == true, "\(error?.description ?? "")")
        }
    }

    @Test(
        arguments: [
            (
                [0x61, 0x2C, 0x81, 0x0A],
                "line 1, column 2: the header is not UTF-8; save the file as UTF-8, or name its encoding with --encoding"
            )
        ] as [([UInt8], String)]
    )
    func `files that are not UTF-8 say so`(bytes: [UInt8], message: String) {
        let error = #expect(throws: CSVError.self) { try read(bytes) }
        #expect(error?.description.hasSuffix(message) == true)
    }

    @Test func `a record may not be longer than 16 MiB`() {
        let text = Array("a,b\n1,2\n3,\"".utf8) + [UInt8](repeating: 0x78, count: 17 << 20)
        let error = #expect(throws: CSVError.self) { try read(text) }
        #expect(
            error?.description.hasSuffix(
                ", line 3: a double quote opens here and is not closed within 16 MiB; close it, or write quotes within a quoted field twice"
            ) == true
        )
    }

    @Test(arguments: [1, 2, 4])
    func `an error of a worker or a consumer stops everything`(threads: Int) throws {
        struct Stop: Error, Equatable { var line: Int }
        let text = "a,b\n" + (0 ..< 2000).map { "\($0),x\n" }.joined()
        try withFile(Array(text.utf8)) { path in
            var reader = try CSVReader(path, blockSize: 64)
            var seen = 0
            let error = #expect(throws: Stop.self) {
                try reader.forEachBatch(threads: threads) { batch in
                    if batch.line(row: 0) > 1000 { throw Stop(line: batch.line(row: 0)) }
                    return batch.rowCount
                } consume: {
                    seen += $0
                }
            }
            #expect(error?.line == seen + 2)
            var again = try CSVReader(path, blockSize: 64)
            #expect(throws: Stop(line: 0)) {
                try again.forEachBatch(threads: threads) {
                    $0.rowCount
                } consume: { _ in
                    throw Stop(line: 0)
                }
            }
        }
    }
}
