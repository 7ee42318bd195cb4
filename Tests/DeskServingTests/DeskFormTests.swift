import DeskServing
import Testing

/// Forms as browsers send them.
@Suite struct DeskFormTests {
    @Test func `fields are decoded, in their order and as often as they come`() {
        let form = DeskForm("a=1+2&b=%C3%A9%20x&a=%2B&c&=d&e=%zz")
        #expect(form["a"] == "1 2" && form["b"] == "é x" && form["c"] == "" && form["e"] == "%zz")
        #expect(form.all("a") == ["1 2", "+"])
        #expect(DeskForm("set.Age=3&set.=x&token=t").under("set.").map(\.name) == ["Age", ""])
        #expect(DeskForm("").fields.isEmpty)
        #expect(DeskForm.decodedPath("a+b%2Fc") == "a+b/c")
    }

    private static let body = """
        --x\r\nContent-Disposition: form-data; name="token"\r\n\r\nsecret\r\n\
        --x\r\nContent-Disposition: form-data; name="file"; filename="a \u{e9}.csv"\r\n\
        Content-Type: text/csv\r\n\r\nId,Age\r\n1,2\r\n--y\r\n\r\n--x\r\n\
        Content-Disposition: form-data; name="empty"\r\n\r\n\r\n--x--\r\nrest
        """

    private func read(_ text: String, pieces size: Int) throws -> [String] {
        var reader = MultipartReader(boundary: "x")
        var told: [String] = []
        var bytes: [UInt8] = []
        let all = Array(text.utf8)
        for start in stride(from: 0, to: all.count, by: size) {
            try reader.take(Array(all[start ..< min(start + size, all.count)])) { event in
                switch event {
                case .begin(let name, let file): told.append("\(name) \(file ?? "-")")
                case .bytes(let more): bytes += more
                case .end:
                    told.append(String(decoding: bytes, as: UTF8.self))
                    bytes = []
                }
            }
        }
        if !reader.isOver { told.append("cut off") }
        return told
    }

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func `a form with a file is the same however it is cut`(size: Int) throws {
        #expect(
            try read(Self.body, pieces: size) == [
                "token -", "secret", "file a \u{e9}.csv", "Id,Age\r\n1,2\r\n--y\r\n", "empty -",
                "",
            ]
        )
    }

    @Test func `what is no such form is refused, and what is cut off is told`() throws {
        #expect(try read(String(Self.body.dropLast(20)), pieces: 5).last == "cut off")
        #expect(throws: MultipartReader.Fault.self) { try read("--x!\r\n", pieces: 4) }
        #expect(throws: MultipartReader.Fault.self) {
            try read("--x\r\nContent-Type: a\r\n\r\n", pieces: 4)
        }
        let long = "--x\r\n" + String(repeating: "a", count: 9_000)
        #expect(throws: MultipartReader.Fault.self) { try read(long, pieces: 100) }
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"),
            ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", "a b"),
            ("application/x-www-form-urlencoded", nil), ("multipart/form-data", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func `the boundary stands in the type`(type: String?, boundary: String?) {
        #expect(MultipartReader.boundary(of: type) == boundary)
    }
}
