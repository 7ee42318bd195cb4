import Output
import Testing

@Suite struct JSONBytesTests {
    @Test(arguments: [
        0, -0.0, 1, 9, 10, 99, 100, 12_345, 999_999_999, 1_000_000_000, 4_294_967_296, 1e15, 1e16,
        1e22, -1,
        -12, 0.5, -0.25, 101_348.88, 1e-7, 123_456_789.5, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude,
    ])
    func `a number as it is shown, and back`(number: Double) {
        var json: [UInt8] = []
        json.appendJSON(number)
        let text = String(decoding: json, as: UTF8.self)
        #expect(text == numberText(number))
        #expect(Double(text) == number)
    }
}
