internal import Kernels

/// The names of a file's columns, read from its first record.
struct CSVHeader {
    let names: [String]

    /// Reads the header and takes it away from the text.
    init(_ cutter: inout RecordCutter, delimiter: UInt8) throws {
        let source = cutter.path
        let (record, length) = try Self.record(&cutter, delimiter: delimiter)
        let blank = Self.blankLines(cutter.ahead)
        let line = cutter.line + blank
        func error(
            _ rule: String,
            _ fix: String,
            column: String? = nil,
            value: String? = nil
        ) -> CSVError {
            CSVError(
                source: source,
                line: line,
                column: column,
                value: value,
                rule: rule,
                fix: fix
            )
        }
        if cutter.ahead.starts(with: [0xFF, 0xFE]) || cutter.ahead.starts(with: [0xFE, 0xFF]) {
            throw error("the file is UTF-16", "save it as UTF-8")
        }
        if let column = record.textAfterQuote {
            let problem = CSVProblem.textAfterQuote(column: column)
            throw error("the header " + problem.rule, problem.fix, column: "\(column + 1)")
        }
        var names: [String] = []
        for (column, field) in record.fields.enumerated() {
            guard UTF8Check.firstInvalid(field, in: field.indices) == nil else {
                throw error("the header is not UTF-8", "save it as UTF-8", column: "\(column + 1)")
            }
            let name = String(decoding: field, as: UTF8.self)
            guard !name.isEmpty else {
                throw error(
                    "the header has an empty name",
                    "give every column a name",
                    column: "\(column + 1)"
                )
            }
            names.append(name)
        }
        let numbers = names.count { Double($0) != nil }
        guard 2 * numbers < names.count || numbers == 0 else {
            throw error(
                "the first line holds numbers where names belong",
                "put a header line first",
                value: names.first { Double($0) != nil }
            )
        }
        for (column, name) in names.enumerated() where names[..<column].contains(name) {
            throw error(
                "the header has this name twice",
                "rename one of the columns",
                column: "\(column + 1)",
                value: name
            )
        }
        self.names = names
        let lines = ByteSummary(Array(cutter.ahead.prefix(length)), in: 0 ..< length).lineEnds
        cutter.drop(length, lines: lines)
    }

    /// The first record of the text and where it ends, reading on until the whole of it is there.
    private static func record(
        _ cutter: inout RecordCutter,
        delimiter: UInt8
    ) throws -> (RecordCursor.Record, length: Int) {
        while true {
            var cursor = RecordCursor(cutter.ahead, delimiter: delimiter)
            let record = cursor.next()
            // Text up to the last byte may go on in what is not read yet.
            if cutter.hasReadAll || !cursor.isAtEnd {
                guard let record else {
                    throw CSVError(
                        source: cutter.path,
                        rule: cutter.ahead.count == 0 ? "the file is empty" : "the file is blank",
                        fix: "a header line with the names of the columns is needed"
                    )
                }
                guard !record.isUnclosed else {
                    throw CSVError(
                        source: cutter.path,
                        line: cutter.line,
                        rule: "a double quote opens in the header and is never closed",
                        fix: "close it, or write quotes within a quoted field twice"
                    )
                }
                return (record, cursor.position - cutter.ahead.startIndex)
            }
            guard cutter.ahead.count <= RecordCutter.longestRecord else {
                throw CSVError(
                    source: cutter.path,
                    line: cutter.line,
                    rule: "the header is longer than \(RecordCutter.longestRecord >> 20) MiB",
                    fix: "check that the file is CSV with line ends"
                )
            }
            try cutter.readAhead(2 * cutter.ahead.count)
        }
    }

    private static func blankLines(_ bytes: ArraySlice<UInt8>) -> Int {
        let blank = Array(bytes.prefix { $0 == 0x0A || $0 == 0x0D })
        return ByteSummary(blank, in: blank.indices).lineEnds
    }
}
