import Foundation
import TestSupport
import Testing

/// The same customers, written in the ways that the world has.
@Suite struct InputFilesTests {
    /// Customers with amounts that need a decimal sign, and one letter that is no ASCII.
    private static let rows = (0 ..< 300).map { row -> [String] in
        let amount = "\(row * 7919 % 30_000).\(10 + row % 90)"
        return [
            "C\(1000 + row * 37)", amount, "\(row * 31 % 70)", ["Süd", "Nord", "West"][row % 3],
            row * 7919 % 11 < 3 ? "Yes" : "No",
        ]
    }
    private static let header = ["id", "balance", "age", "region", "churn"]

    private static func text(
        _ delimiter: String = ",",
        end: String = "\n",
        names: [String] = header,
        _ change: ([String]) -> [String] = { $0 }
    ) -> String {
        ([names] + rows.map(change)).map { $0.joined(separator: delimiter) + end }.joined()
    }

    private static func decimalComma(_ row: [String]) -> [String] {
        var row = row
        row[1] = row[1].replacing(".", with: ",")
        return row
    }

    private static var jsonLines: String {
        rows.map { row in
            #"{"churn": "\#(row[4])", "id": "\#(row[0])", "balance": \#(row[1]), "age": \#(row[2]), "region": "\#(row[3])"}"#
                + "\n"
        }
        .joined()
    }

    private static let files: [(name: String, content: Data)] = [
        ("semicolons.csv", Data(text(";", decimalComma).utf8)),
        ("tabs.tsv", Data(text("\t", end: "\r\n", decimalComma).utf8)),
        ("bars.txt", Data(text("|").utf8)),
        (
            "utf16",
            Data([0xFF, 0xFE]) + Data(text().utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        ),
        ("western.csv", Data(text().unicodeScalars.map { UInt8($0.value) })),
        ("packed.csv.gz", gzip(Data(text().utf8))), ("packed.zst", zstd(Data(text().utf8))),
        ("lines.jsonl", Data(jsonLines.utf8)), ("lines.jsonl.gz", gzip(Data(jsonLines.utf8))),
        ("pandas.csv", Data(text(names: [""] + header) { ["7"] + $0 }.utf8)),
        ("r.csv", Data(text { ["7"] + $0 }.utf8)), ("trailing.csv", Data(text { $0 + [""] }.utf8)),
    ]

    @Test func `the same customers in any form get the same scores`() throws {
        let folder = try TemporaryFolder()
        try folder.file("plain.csv", Self.text())
        try Program.expect(
            0,
            ["train", "plain.csv", "--model", "seed", "--no-tracking", "--output", "model"],
            in: folder
        )
        let expected = try Program.expect(0, ["score", "model", "plain.csv"], in: folder).output
        #expect(expected.count { $0 == "\n" } == 301)
        for (name, content) in Self.files {
            try folder.file(name, content)
            let result = try Program.expect(0, ["score", "model", name], in: folder)
            #expect(result.output == expected, "\(name)")
            let checked = try Program.expect(
                0,
                ["init", name, "--force"],
                in: folder,
                says: "300 rows, of which"
            )
            #expect(checked.messages.contains("balance"))
            #expect(try folder.text("retain.yaml").contains("type: number  # 0.1 to 29"), "\(name)")
        }
        for name in ["western.csv", "utf16", "pandas.csv", "r.csv"] {
            let said = try Program.expect(0, ["score", "model", name, "-o", "x"], in: folder)
                .messages
            #expect(said.hasPrefix("\(name): "), "\(said)")
        }
    }

    @Test func `a packed file keeps the digest of its bytes, and its run can be made again`() throws
    {
        let folder = try TemporaryFolder()
        try folder.file("customers.csv.gz", Self.gzip(Data(Self.text().utf8)))
        try Program.expect(0, ["train", "customers.csv.gz", "--model", "seed"], in: folder)
        let list = try Program.expect(0, ["runs", "list", "--json"], in: folder)
        let json = try JSONSerialization.jsonObject(with: Data(list.output.utf8))
        let id = try #require((json as? [[String: Any]])?.first?["id"] as? String)
        let same = try Program.expect(
            0,
            ["runs", "reproduce", id],
            in: folder,
            says: "Training anew on customers.csv.gz"
        )
        #expect(same.output.hasPrefix("Identical"))
        // The same customers in other bytes are another file.
        try folder.file("customers.csv.gz", Self.zstd(Data(Self.text().utf8)))
        try Program.expect(3, ["runs", "reproduce", id, "--data", "customers.csv.gz"], in: folder)
    }

    @Test func `what can't be told is asked for`() throws {
        let folder = try TemporaryFolder()
        let rows = Self.rows.enumerated().map { index, row in
            [row[0], index % 2 == 0 ? "8.\(100 + index % 60 * 7)" : "\(900 - index % 70)", row[4]]
        }
        let text = ([["id", "points", "churn"]] + rows).map { $0.joined(separator: ";") + "\n" }
        try folder.file("points.csv", text.joined())
        try Program.expect(
            64,
            ["init", "points.csv"],
            in: folder,
            says: "the column \"points\" holds numbers such as 8.100"
        )
        try Program.expect(
            0,
            ["init", "points.csv", "--format", "points=1.234"],
            in: folder,
            says: "831 to 8506"
        )
        #expect(try folder.text("retain.yaml").contains("    format: \"1.234\"\n"))
        try Program.expect(
            64,
            ["init", "points.csv", "--force", "--format", "points"],
            in: folder,
            says: "write COLUMN=EXAMPLE"
        )
        try Program.expect(
            64,
            ["score", "model", "points.csv", "--encoding", "koi8-r"],
            in: folder,
            says: "iconv -f koi8-r -t UTF-8"
        )
    }

    @Test func `rows that can't be read stop init where they are many, and are counted where few`()
        throws
    {
        let folder = try TemporaryFolder()
        for (name, every, code) in [("many.csv", 3, Int32(65)), ("few.csv", 150, 0)] {
            var number = 0
            let text = Self.text { row in
                number += 1
                return number % every == 0 ? row + ["Ltd"] : row
            }
            try folder.file(name, text)
            try Program.expect(
                code,
                ["init", name, "--target", "churn", "--force"],
                in: folder,
                says:
                    "has 6 fields, the header has 5; put fields that hold the delimiter between double quotes"
            )
        }
        try Program.expect(
            0,
            ["init", "few.csv", "--force"],
            in: folder,
            says: "Left out, since they can't be read: 2 rows; the first, on line 151,"
        )
    }
}

/// Packed without being made smaller, which needs no library.
extension InputFilesTests {
    private static func gzip(_ data: Data) -> Data {
        var packed = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
        for start in stride(from: 0, to: data.count, by: 60_000) {
            let part = data[start ..< min(data.count, start + 60_000)]
            let isLast = part.endIndex == data.count
            packed +=
                [isLast ? 1 : 0] + little(UInt32(part.count), 2) + little(~UInt32(part.count), 2)
            packed += part
        }
        var check: UInt32 = ~0
        for byte in data {
            check ^= UInt32(byte)
            for _ in 0 ..< 8 { check = check >> 1 ^ (check & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return packed + little(~check, 4) + little(UInt32(data.count), 4)
    }

    private static func zstd(_ data: Data) -> Data {
        var packed = Data([0x28, 0xB5, 0x2F, 0xFD, 0xA0]) + little(UInt32(data.count), 4)
        for start in stride(from: 0, to: data.count, by: 100_000) {
            let part = data[start ..< min(data.count, start + 100_000)]
            packed +=
                little(UInt32(part.count) << 3 | (part.endIndex == data.count ? 1 : 0), 3) + part
        }
        return packed
    }

    private static func little(_ value: UInt32, _ count: Int) -> Data {
        Data((0 ..< count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) })
    }
}
