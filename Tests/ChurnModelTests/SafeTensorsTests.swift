import ChurnModel
import Foundation
import TestSupport
import Testing

@Suite struct SafeTensorsTests {
    @Test func `reads a file of the safetensors package and writes the same bytes`() throws {
        let bytes = [UInt8](try fixtureBytes("reference.safetensors", in: .module))
        let file = try SafeTensors(decoding: bytes)
        #expect(
            file.tensors.map(\.name) == [
                "dense_0.bias", "dense_0.weight", "empty", #"odd "name" \ here"#, "scalar",
            ]
        )
        #expect(file["dense_0.weight"]?.shape == [2, 3])
        let thirds: [Float] = (0 ..< 6).map { Float($0) / 3 }
        #expect(file["dense_0.weight"]?.floats == thirds)
        let bias = try #require(file["dense_0.bias"])
        #expect(bias.floats?.map(\.bitPattern) == [0x8000_0000, 1, 0x7F7F_FFFF])
        #expect(file["scalar"]?.shape == [] && file["scalar"]?.floats == [7])
        #expect(file["empty"]?.shape == [0, 4] && file["absent"] == nil)
        #expect(file.metadata == ["architecture": #"{"hidden":[3]}"#])
        #expect(file.encoded() == bytes)
    }

    @Test func `names of any script come back, and the data is aligned`() throws {
        let file = SafeTensors(
            [
                .init(name: "é\n😀", shape: [1], values: [2]),
                .init(name: "a", shape: [3], values: [1, .nan, .infinity]),
            ],
            metadata: ["b": "ü", "a": "\u{0}"]
        )
        let bytes = file.encoded()
        // Every header here is short.
        let length = Int(bytes[0]) + 256 * Int(bytes[1])
        #expect(length % 8 == 0 && bytes.count == 8 + length + 16)
        let back = try SafeTensors(decoding: bytes)
        #expect(back.metadata == file.metadata)
        #expect(back["é\n😀"]?.floats == [2])
        #expect(back.encoded() == bytes)
    }

    @Test func `numbers of every kind come back`() throws {
        let file = SafeTensors([
            .init(name: "a", shape: [2], values: .doubles([.pi, -.infinity])),
            .init(name: "b", shape: [3], values: .integers([.min, 0, .max])),
            .init(name: "c", shape: [1], values: .floats([-0.0])),
        ])
        let bytes = file.encoded()
        let back = try SafeTensors(decoding: bytes)
        #expect(back == file && back.encoded() == bytes)
    }

    @Test(arguments: [
        (#"[]"#, 0, "the header does not begin with {"),
        (#"{"a"}"#, 0, "the header is not the JSON of a safetensors file"),
        (
            #"{"a":{"dtype":"F32","shape":[1]}}"#, 4,
            "the header is not the JSON of a safetensors file"
        ),
        (
            #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, 4,
            "tensor a is F16; only F32, F64, I32 are read"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4, "the header names a tensor twice"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4,
            "tensor b lies at [0, 4], but byte 4 is next; tensors may not overlap or leave a hole"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8,
            "tensor a lies at [4, 8], but byte 0 is next; tensors may not overlap or leave a hole"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 8,
            "tensor a lies at [0], but byte 0 is next; tensors may not overlap or leave a hole"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4,
            "tensor a lies at [0, 4], but the shape [2] takes 8 bytes"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4,
            "tensor a ends at byte 8 of the data, which has 4"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5,
            "1 bytes after the last tensor"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}"#, 4,
            "tensor a has the impossible shape [-1, -1]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
            "tensor a has the impossible shape [4611686018427387904, 4]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4,
            "tensor a lies at [-4, 0]"
        ),
    ])
    func `what is not sound is refused`(header: String, data: Int, message: String) {
        var bytes = (0 ..< 8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        bytes += Array(header.utf8) + Array(repeating: 0, count: data)
        let error = #expect(throws: SafeTensorsError.self) { try SafeTensors(decoding: bytes) }
        #expect(error?.description == message)
    }

    @Test func `a header that claims too much is refused before it is read`() {
        func message(_ length: UInt64) -> String? {
            let bytes = (0 ..< 8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [123]
            let error = #expect(throws: SafeTensorsError.self) { try SafeTensors(decoding: bytes) }
            return error?.description
        }
        #expect(message(2) == "the header claims 2 bytes, but only 1 are there")
        #expect(
            message(100_000_001) == "the header claims 100000001 bytes, over the limit of 100 MB"
        )
        #expect(message(.max) == "the header claims \(UInt64.max) bytes, over the limit of 100 MB")
    }

    @Test func `cut anywhere, the file is refused`() throws {
        let bytes = SafeTensors([.init(name: "a", shape: [2], values: [1, 2])]).encoded()
        for count in 0 ..< bytes.count {
            #expect(throws: SafeTensorsError.self) {
                try SafeTensors(decoding: Array(bytes[..<count]))
            }
        }
    }
}
