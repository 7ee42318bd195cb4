import Foundation
import Schema
import Testing
import Wire

@Suite struct InferenceTests {
    private static let decoder = CustomerDecoder(
        Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "Age",
                    role: .feature,
                    type: .number(minimum: -20, maximum: 100),
                    nulls: .impute,
                    outside: .error
                ),
                ColumnSchema(name: "Land", role: .feature, type: .levels(["a", "é"])),
            ]
        )
    )

    private static func request(_ age: String, _ land: String) -> [UInt8] {
        Array(#"{"id": "7", "parameters": {}, "inputs": [\#(age), \#(land)], "outputs": []}"#.utf8)
    }

    private static let land =
        #"{"name": "Land", "shape": [2], "datatype": "BYTES", "data": ["a", "é"]}"#

    @Test(arguments: [
        #"{"name": "Age", "shape": [2], "datatype": "FP64", "data": [20, 30.5]}"#,
        #"{"data": [[20], [30.5]], "datatype": "FP32", "shape": [2, 1], "name": "age", "parameters": {"a": 1}}"#,
    ])
    func `JSON, flat or nested`(age: String) throws {
        let request = try Self.decoder.inference(Self.request(age, Self.land))
        #expect(request.id == "7" && request.rows.problems.isEmpty)
        #expect(request.rows.coded.values == [20, 0, 30.5, 1])
    }

    private static func bytes(_ values: some Sequence<some FixedWidthInteger>) -> [UInt8] {
        values.flatMap { value in
            stride(from: 0, to: value.bitWidth, by: 8).map {
                UInt8(truncatingIfNeeded: value >> $0)
            }
        }
    }

    private static let binary: [(type: String, bytes: [UInt8], expected: [Double])] = [
        ("BOOL", [0, 1], [.nan, .nan]), ("UINT8", [20, 90], [20, 90]),
        ("INT8", [20, 0xFE], [20, -2]),
        ("UINT16", bytes([20, 90] as [UInt16]), [20, 90]),
        ("INT16", bytes([-2, 90] as [Int16]), [-2, 90]),
        ("UINT32", bytes([20, 90] as [UInt32]), [20, 90]),
        ("INT32", bytes([-2, 90] as [Int32]), [-2, 90]),
        ("UINT64", bytes([20, 90] as [UInt64]), [20, 90]),
        ("INT64", bytes([-2, 90] as [Int64]), [-2, 90]),
        ("FP16", bytes([0x4D00, 0xB800] as [UInt16]), [20, -0.5]),
        ("FP32", bytes([Float(20).bitPattern, Float(-0.5).bitPattern]), [20, -0.5]),
        ("FP64", bytes([Double(20.25).bitPattern, Double.nan.bitPattern]), [20.25, .nan]),
    ]

    @Test(arguments: binary)
    func `binary tensors`(type: String, bytes: [UInt8], expected: [Double]) throws {
        let texts: [UInt8] = [1, 0, 0, 0] + Array("a".utf8) + [2, 0, 0, 0] + Array("é".utf8)
        func input(_ name: String, _ type: String, _ size: Int) -> String {
            #"{"name": "\#(name)", "shape": [2], "datatype": "\#(type)", "parameters": {"binary_data_size": \#(size)}}"#
        }
        let header = Self.request(
            input("Age", type, bytes.count),
            input("Land", "BYTES", texts.count)
        )
        let request = try Self.decoder.inference(header + bytes + texts, headerLength: header.count)
        #expect(request.rows.problems.isEmpty == (type != "BOOL"))
        guard type != "BOOL" else { return }
        let ages = [request.rows.coded.values[0], request.rows.coded.values[2]]
        #expect(zip(ages, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
        #expect([request.rows.coded.values[1], request.rows.coded.values[3]] == [0, 1])
        for cut in 1 ..< bytes.count + texts.count {
            #expect(throws: JSONError.self) {
                try Self.decoder.inference(
                    (header + bytes + texts).dropLast(cut) + [],
                    headerLength: header.count
                )
            }
        }
    }

    @Test(arguments: [
        #"{"shape": [2], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [2], "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [2], "datatype": "FP64"}"#,
        #"{"name": "Age", "shape": [2], "datatype": "FP65", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [3], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [1, 2], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [-2], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [1e300], "datatype": "FP64", "data": [1, 2]}"#,
        #"{"name": "Age", "shape": [1], "datatype": "FP64", "data": [1]}"#,
        #"{"name": "Age", "shape": [2], "datatype": "FP64", "data": 1}"#,
        #"{"name": "Age", "shape": [2], "datatype": "FP64", "parameters": {"binary_data_size": 16}}"#,
        "7",
    ])
    func `what is no tensor is refused`(age: String) {
        #expect(throws: JSONError.self) { try Self.decoder.inference(Self.request(age, Self.land)) }
    }

    @Test func `lengths that lie`() {
        let body = Self.request(Self.land, Self.land)
        for length in [-1, 0, 5, body.count - 1, body.count + 1, .max] {
            #expect(throws: JSONError.self) {
                try Self.decoder.inference(body, headerLength: length)
            }
        }
        let text: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x61]
        let header = Array(
            #"{"inputs": [{"name": "Land", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": 5}}]}"#
                .utf8
        )
        #expect(throws: JSONError.self) {
            try Self.decoder.inference(header + text, headerLength: header.count)
        }
    }
}
