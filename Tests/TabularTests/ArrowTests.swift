import Foundation
import Kernels
import Tabular
import TestSupport
import Testing

/// What `Scripts/fixtures/arrow.py` wrote with pyarrow and polars.
private struct ArrowFixture: Decodable {
    let names: [String]
    let texts: [String: [String]]
    let whole: [String: Data]
    let polars: [String: Data]
    let growing: Data
    let refused: [String: Data]

    static func read() throws -> ArrowFixture {
        try fixture("arrow", as: ArrowFixture.self, in: .module)
    }
}

@Suite struct ArrowTests {
    private func texts(_ batches: [RecordBatch], _ names: [String]) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for batch in batches {
            for (column, name) in names.enumerated() {
                texts[name, default: []] += batch.texts(column: column)
            }
        }
        return texts
    }

    private func read(_ bytes: [UInt8]) throws -> (names: [String], batches: [RecordBatch]) {
        var reader = try CSVReader(arrow: bytes, named: "memory")
        return (reader.header, try reader.readAll(threads: 1))
    }

    @Test(arguments: [1, 3])
    func `columns read as the texts that CSV would have`(threads: Int) throws {
        let fixture = try ArrowFixture.read()
        for (form, bytes) in fixture.whole {
            try withFile(Array(bytes)) { path in
                var reader = try CSVReader(path)
                #expect(reader.header == fixture.names)
                let batches = try reader.readAll(threads: threads)
                #expect(texts(batches, reader.header) == fixture.texts, "\(form)")
                #expect(
                    batches.flatMap { batch in (0 ..< batch.rowCount).map(batch.line(row:)) }
                        == Array(1 ... 5)
                )
            }
        }
    }

    @Test func `a stream may be packed as a whole, as CSV may`() throws {
        let fixture = try ArrowFixture.read()
        let bytes = Array(try #require(fixture.whole["a stream"]))
        let folder = try TemporaryFolder()
        try folder.file("a.arrows", Data(bytes))
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", folder.path + "/a.arrows"]
        try gzip.run()
        gzip.waitUntilExit()
        var reader = try CSVReader(folder.path + "/a.arrows.gz")
        #expect(texts(try reader.readAll(threads: 1), reader.header) == fixture.texts)
    }

    @Test func `numbers and codes are those of the texts`() throws {
        let fixture = try ArrowFixture.read()
        let (names, batches) = try read(Array(try #require(fixture.whole["a stream"])))
        let batch = try #require(batches.first)
        for (column, name) in names.enumerated() {
            let own = try #require(fixture.texts[name])
            let text = RecordBatch(columnCount: 2, rows: own.map { [$0, ""] })
            let (expected, invalid) = text.numbers(column: 0)
            let found = batch.numbers(column: column)
            // A number of 32 bits is what it is, and not what its shortest text is.
            if name != "float" {
                #expect(found.values.map(\.bitPattern) == expected.map(\.bitPattern), "\(name)")
            }
            #expect(found.invalid == invalid, "\(name)")
            let levels = Array(Set(own.filter { !$0.isEmpty }).sorted().dropFirst())
            #expect(
                batch.codes(column: column, levels: levels)
                    == text.codes(column: 0, levels: levels),
                "\(name)"
            )
            #expect(
                batch.decimalTally(column: column, separator: 0x2E)
                    == text.decimalTally(column: 0, separator: 0x2E)
            )
        }
        #expect(
            batch.numbers(column: try #require(names.firstIndex(of: "float"))).values[0]
                == Double(Float(0.1))
        )
    }

    @Test func `some rows are as they were`() throws {
        let fixture = try ArrowFixture.read()
        let (names, batches) = try read(Array(try #require(fixture.whole["a stream"])))
        let some = try #require(batches.first).selecting([4, 2, 0])
        for (name, texts) in self.texts([some], names) {
            let own = try #require(fixture.texts[name])
            #expect(texts == [4, 2, 0].map { own[$0] }, "\(name)")
        }
        #expect((0 ..< 3).map(some.line(row:)) == [5, 3, 1])
        let record = String(decoding: some.raw(row: 2), as: UTF8.self)
        #expect(
            record.hasPrefix("1,1,1,1,4611686018427387905,18446744073709551615,0.5,0.1,0.1,true,a")
        )
    }

    @Test func `infinity is no number, as in a file`() throws {
        var column = ArrowColumn(.double)
        column.append(Double.infinity)
        column.append(1.5)
        let writer = ArrowWriter([("x", .double)])
        let (_, batches) = try read(writer.schema + writer.batch([column]) + ArrowWriter.end)
        let (values, invalid) = batches[0].numbers(column: 0)
        #expect(values[0].isNaN && values[1] == 1.5 && invalid == [0])
        #expect(batches[0].text(row: 0, column: 0) == "inf")
    }

    @Test(arguments: ["stream", "file"])
    func `what polars writes is read`(form: String) throws {
        let fixture = try ArrowFixture.read()
        let (names, batches) = try read(Array(try #require(fixture.polars[form])))
        #expect(names == ["int64", "double", "flag", "text", "level", "day"])
        for (name, texts) in texts(batches, names) { #expect(texts == fixture.texts[name]) }
    }

    @Test func `a dictionary may grow`() throws {
        let (names, batches) = try read(Array(try ArrowFixture.read().growing))
        #expect(texts(batches, names)["level"] == ["x", "y", "z", "x"])
    }

    @Test(arguments: [
        (
            "LZ4",
            "the Arrow data is packed by LZ4; write it with compression=\"zstd\", or with none"
        ),
        ("list", "column a: holds Arrow values of the type list"),
        ("struct", "column a: holds Arrow values of the type struct"),
        ("binary", "column a: holds Arrow values of the type binary"),
        ("twice", "column 2, value \"a\": the header has this name twice"),
    ])
    func `what can't be read is refused by name`(name: String, words: String) throws {
        let bytes = Array(try #require(try ArrowFixture.read().refused[name]))
        let error = try #require(throws: CSVError.self) { try read(bytes) }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test(arguments: ["batches of two rows", "a file"])
    func `what is cut off anywhere is refused`(form: String) throws {
        let bytes = Array(try #require(try ArrowFixture.read().whole[form]))
        for end in 0 ..< bytes.count {
            #expect(throws: CSVError.self, "\(end)") { try read(Array(bytes[..<end])) }
        }
    }

    @Test(arguments: ["a stream", "packed by zstd", "a file"])
    func `damaged bytes never crash`(form: String) throws {
        let whole = Array(try #require(try ArrowFixture.read().whole[form]))
        var generator = SeededGenerator(seed: 7)
        var refused = 0
        for _ in 0 ..< 3_000 {
            var bytes = whole
            for _ in 0 ..< 1 + generator.below(3) {
                bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
            }
            do {
                let (names, batches) = try read(bytes)
                for batch in batches {
                    for column in names.indices { _ = batch.texts(column: column) }
                }
            } catch is CSVError { refused += 1 }
        }
        #expect(refused > 100)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1_000])
    func `what is written reads back`(rows: Int) throws {
        let fields: [(name: String, kind: ArrowColumn.Kind)] = [
            ("id", .text), ("n", .integer), ("p", .float), ("x", .double),
        ]
        var columns = fields.map { ArrowColumn($0.kind) }
        var expected: [[String]] = []
        for row in 0 ..< rows {
            let isMissing = row % 5 == 3
            let values = ["é\(row),\"", "\(row)", "\(Float(row) / 7)", "\(Double(row) / 7)"]
            expected.append(isMissing ? ["", "", "", ""] : values)
            if isMissing {
                for column in columns.indices { columns[column].appendNull() }
            } else {
                columns[0].append(values[0])
                columns[1].append(row)
                columns[2].append(Float(row) / 7)
                columns[3].append(Double(row) / 7)
            }
        }
        let writer = ArrowWriter(fields)
        let batch = writer.batch(columns)
        let (names, batches) = try read(writer.schema + batch + batch + ArrowWriter.end)
        #expect(names == fields.map(\.name))
        let found = batches.flatMap { batch in
            (0 ..< batch.rowCount).map { row in
                (0 ..< 4).map { batch.text(row: row, column: $0) }
            }
        }
        let plain = (expected + expected).map {
            $0.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 }
        }
        #expect(found == plain)
    }
}
