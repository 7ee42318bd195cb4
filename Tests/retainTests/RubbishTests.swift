import Foundation
import TestSupport
import Testing

/// Whatever the file holds, the answer is one message and exit code 65, never a crash.
@Suite struct RubbishTests {
    static let header = "a,b,Churn\n"
    static let files: [(name: String, content: Data, message: String)] = [
        ("empty", Data(), "the file is empty; a header line with the names of the columns"),
        ("binary", Data((0 ..< 9000).map { UInt8($0 * 7 % 251) }), "the header is not UTF-8"),
        ("zeros", Data(count: 5000), "the file is no text but a binary file; export it as CSV"),
        ("header", Data(header.utf8), "the file has a header but no rows"),
        ("one row", Data((header + "1,2,0\n").utf8), "needs two levels but has 1: \"0\""),
        ("long line", Data(repeating: 97, count: 10_000_000), "the file has a header but no rows"),
        (
            "open quote", Data("a,b,Churn\n\"".utf8) + Data(repeating: 97, count: 10_000_000),
            "line 2: a double quote opens here and is never closed"
        ),
        (
            "double header", Data(("a,a,Churn\n" + rows { "\($0),1,\($0 % 2)" }).utf8),
            "line 1, column 2, value \"a\": the header has this name twice"
        ),
        (
            "NUL", Data((header + rows { "\($0),x\0\($0 % 3),\($0 % 2)" }).utf8),
            "column \"b\" holds NUL characters or byte order marks; save the file as UTF-8"
        ),
        (
            "UTF-32", Data([0xFF, 0xFE, 0, 0]) + Data(header.utf8.flatMap { [$0, 0, 0, 0] }),
            "the file is UTF-32; save it as UTF-8"
        ),
        (
            "Parquet", Data("PAR1".utf8) + Data([0x15, 0x04, 0x15, 0x80]),
            "the file is a Parquet file; write it as CSV: python3 -c"
        ),
        (
            "cut gzip", Data(base64Encoded: "H4sIAAAAAAACA4uuVnJMT1WyUjCv") ?? Data(),
            "what gzip packed is cut off or damaged; copy or pack the file again"
        ),
    ]

    @Test(arguments: files.indices)
    func `rubbish is told in one line`(index: Int) throws {
        let (_, content, message) = Self.files[index]
        let folder = try TemporaryFolder()
        try folder.file("data.csv", content)
        for verb in ["init", "train"] {
            let result = try Program.expect(
                65,
                [verb, "data.csv", "--target", "Churn"],
                in: folder,
                says: message
            )
            #expect(result.messages.hasPrefix("retain: "))
            #expect(result.messages.count { $0 == "\n" } == 1)
        }
        #expect(try folder.namesBesideRecord == ["data.csv"])
    }

    @Test func `a file that is not there is named`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        for verb in [
            ["init", "-o", "y"], ["check"], ["train"], ["score", "model"], ["evaluate", "model"],
        ] {
            let missing =
                "can't read none.csv: no such file or directory; check the path, which starts"
            try Program.expect(65, verb + ["none.csv"], in: folder, says: missing)
            let isFolder = "can't read model: it is a folder; name a file in it"
            try Program.expect(65, verb + ["model"], in: folder, says: isFolder)
        }
    }

    @Test func `empty and many columns are no obstacle`() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "null.csv",
            Self.header + Self.rows { ",\($0 * 37 % 41),\($0 / 7 % 2)" }
        )
        try Program.expect(0, ["train", "null.csv", "-o", "null"], in: folder)
        let names = (0 ..< 2000).map { "c\($0)," }.joined() + "Churn\n"
        let wide = Self.rows { row in
            (0 ..< 2000).map { "\(($0 + 7) * (row + 3) % 41)," }.joined() + "\(row / 7 % 2)"
        }
        try folder.file("wide.csv", names + wide)
        try Program.expect(0, ["init", "wide.csv"], in: folder)
    }

    private static func rows(_ row: (Int) -> String) -> String {
        (0 ..< 60).map { row($0) + "\n" }.joined()
    }
}
