import Tabular
import Testing

@Suite struct RecordBatchTests {
    private let batch = RecordBatch(
        columnCount: 3,
        rows: [["1.5", "France", "a,b"], ["", "", "say \"hi\""], ["x", "Spain", "two\nlines"]]
    )

    @Test func `texts and lines`() {
        #expect(batch.rowCount == 3)
        #expect(batch.text(row: 1, column: 2) == "say \"hi\"")
        #expect(batch.texts(column: 1) == ["France", "", "Spain"])
        #expect((0 ..< 3).map(batch.line(row:)) == [2, 3, 4])
        #expect(batch.malformed.isEmpty)
    }

    @Test func `numbers and codes`() {
        let (values, invalid) = batch.numbers(column: 0)
        #expect(values[0] == 1.5 && values[1].isNaN && values[2].isNaN)
        #expect(invalid == [2])
        #expect(batch.codes(column: 1, levels: ["France", "Germany"]) == [0, -1, -2])
    }

    @Test func `fields go out quoted where needed`() {
        var line: [UInt8] = []
        for row in 0 ..< 3 {
            batch.appendCSVField(row: row, column: 2, to: &line)
            line.append(0x3B)
        }
        batch.append(row: 0, column: 2, to: &line)
        #expect(
            String(decoding: line, as: UTF8.self) == "\"a,b\";\"say \"\"hi\"\"\";\"two\nlines\";a,b"
        )
        #expect(batch.raw(row: 1) == Array(",,\"say \"\"hi\"\"\"".utf8))
    }

    @Test func `some rows are as they were, on their lines`() {
        let broken = RecordBatch(
            columnCount: 2,
            rows: [["1", "a,b"], ["2"], ["3", "two\nlines"], ["4", ""], ["5", "e"]]
        )
        for batch in [broken, broken.selecting([0, 1, 2, 3, 4])] {
            let some = batch.selecting([4, 2, 1])
            #expect(some.rowCount == 3 && some.malformed.map(\.row) == [2])
            #expect(some.texts(column: 0) == ["5", "3", ""])
            #expect(some.texts(column: 1) == ["e", "two\nlines", ""])
            #expect((0 ..< 3).map(some.line(row:)) == [4, 2, 1].map(batch.line(row:)))
            #expect((0 ..< 3).map(some.raw(row:)) == [4, 2, 1].map(batch.raw(row:)))
            #expect(some.numbers(column: 0).values.prefix(2) == [5, 3])
            #expect(some.codes(column: 1, levels: ["e"]) == [0, -2, -1])
        }
        let plain = RecordBatch(columnCount: 1, rows: [["a"], ["b"], ["c"]]).selecting([2, 0])
        #expect(plain.texts(column: 0) == ["c", "a"] && plain.raw(row: 0) == Array("c".utf8))
        #expect(broken.selecting([]).rowCount == 0)
    }

    @Test func `rows of another length are malformed`() {
        let batch = RecordBatch(columnCount: 2, rows: [["a"], [], ["", ""]])
        #expect(batch.rowCount == 3)
        #expect(batch.malformed.map(\.row) == [0, 1])
        #expect(batch.malformed.first?.problem == .fieldCount(expected: 2, found: 1))
    }

    @Test func `problems read as errors`() {
        let error = CSVError(
            .invalidUTF8(column: 1),
            source: "-",
            line: 7,
            header: ["Age", "Surname"]
        )
        #expect(
            error.description
                == "standard input, line 7, column Surname: is not UTF-8; save the file as UTF-8"
        )
        #expect(
            CSVError(.fieldCount(expected: 3, found: 1), source: "a.csv", line: 2, header: [])
                .description
                == "a.csv, line 2: has 1 field, the header has 3; put fields that hold the delimiter between double quotes"
        )
    }
}
