internal import Kernels

/// The names of a file's columns, read from its first record.
struct CSVHeader {
    private(set) var names: [String]
    /// Places of the columns that have no name in the file.
    private(set) var nameless: [Int] = []
    /// Whether the first column is R's names of rows.
    private(set) var hasRowNames = false

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
        if let column = record.textAfterQuote {
            let problem = CSVProblem.textAfterQuote(column: column)
            throw error("the header " + problem.rule, problem.fix, column: "\(column + 1)")
        }
        var names: [String] = []
        for (column, bytes) in record.fields.enumerated() {
            let encoding = cutter.encoding ?? .utf8
            let field = encoding.isSingleByte ? encoding.utf8(bytes[...]) : bytes
            guard UTF8Check.firstInvalid(field, in: field.indices) == nil else {
                throw error(
                    "the header is not UTF-8",
                    "save the file as UTF-8, or name its encoding with --encoding",
                    column: "\(column + 1)"
                )
            }
            if field.allSatisfy({ $0 == 0x20 }) { nameless.append(column) }
            names.append(String(decoding: field, as: UTF8.self))
        }
        guard nameless.count < names.count else {
            throw error("the header has no name", "give the columns names")
        }
        for column in nameless { names[column] = Self.unnamed(column, among: names) }
        try Self.check(names, of: source, line: line)
        self.names = names
        let lines = ByteSummary(Array(cutter.ahead.prefix(length)), in: 0 ..< length).lineEnds
        cutter.drop(length, lines: lines)
    }

    /// Finds what names can't be those of columns.
    ///
    /// - Throws: `CSVError` for numbers, for a name that is there twice and for one that is empty.
    static func check(_ names: [String], of source: String, line: Int? = nil) throws(CSVError) {
        func error(
            _ rule: String,
            _ fix: String,
            column: Int? = nil,
            value: String? = nil
        ) -> CSVError {
            CSVError(
                source: source,
                line: line,
                column: column.map { "\($0 + 1)" },
                value: value,
                rule: rule,
                fix: fix
            )
        }
        guard !names.isEmpty else { throw error("there are no columns", "write some") }
        let numbers = names.count { Double($0) != nil }
        guard 2 * numbers < names.count || numbers == 0 else {
            throw error(
                "the first line holds numbers where names belong",
                "put a header line first",
                value: names.first { Double($0) != nil }
            )
        }
        for (column, name) in names.enumerated() {
            guard !name.isEmpty else {
                throw error("the column has no name", "give it one", column: column)
            }
            guard !names[..<column].contains(name) else {
                throw error(
                    "the header has this name twice",
                    "rename one of the columns",
                    column: column,
                    value: name
                )
            }
        }
    }

    /// The name that data frames give a column without one.
    private static func unnamed(_ column: Int, among names: [String]) -> String {
        unused("Unnamed: \(column)", among: names)
    }

    private static func unused(_ name: String, among names: [String]) -> String {
        names.contains(name) ? unused(name + "_", among: names) : name
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

    /// How many records tell whether each has a field more than the header.
    private static let sample = 200

    /// Takes the column that has no name in the header, since each record has a field more than that.
    ///
    /// R writes the names of rows so; other programs end each record with a delimiter, but not the header.
    mutating func addUnnamedColumn(_ text: ArraySlice<UInt8>, delimiter: UInt8, isWhole: Bool) {
        var cursor = RecordCursor(text, delimiter: delimiter)
        var counts = (all: 0, wider: 0, behind: 0)
        while counts.all < Self.sample, let record = cursor.next() {
            if !isWhole, cursor.isAtEnd { break }
            counts.all += 1
            guard record.fields.count == names.count + 1 else { continue }
            counts.wider += 1
            if record.fields.last?.isEmpty == true { counts.behind += 1 }
        }
        guard counts.all > 0, counts.wider * 10 >= counts.all * 9 else { return }
        if counts.behind == counts.wider {
            nameless.append(names.count)
            names.append(Self.unnamed(names.count, among: names))
        } else {
            hasRowNames = true
            nameless = nameless.map { $0 + 1 }
            names.insert(Self.unused("row.names", among: names), at: 0)
        }
    }

    /// What a person should know of it.
    var remarks: [String] {
        var remarks: [String] = []
        if hasRowNames {
            remarks.append(
                "each row has one field more than the header: the first is taken for R's row names and called "
                    + "\"\(names[0])\""
            )
        }
        if !nameless.isEmpty {
            let shown = nameless.prefix(3).map { "\"\(names[$0])\"" }.joined(separator: ", ")
            let rest = nameless.count > 3 ? " and \(nameless.count - 3) more" : ""
            remarks.append(
                nameless.count == 1
                    ? "column \(nameless[0] + 1) has no name in the header and is called \(shown)"
                    : "\(nameless.count) columns have no name in the header and are called \(shown)\(rest)"
            )
        }
        return remarks
    }
}
