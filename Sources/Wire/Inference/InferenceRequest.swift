/// A request of the Open Inference Protocol, version 2: one tensor for each column.
///
/// https://github.com/kserve/open-inference-protocol, and Triton's extension for binary tensors.
public struct InferenceRequest: Sendable {
    /// What the client calls the request; the answer repeats it.
    public let id: String?
    /// The customers, and all that is wrong with them.
    public let rows: CustomerRows
}

/// An input as it is declared.
private struct Input {
    var name: JSONText?
    var shape: [Int]?
    var type: TensorType?
    var values: [FieldValue?]?
    var binarySize: Int?
}

extension CustomerDecoder {
    /// Reads customers out of tensors.
    ///
    /// - Parameters:
    ///   - body: JSON, and behind it the binary tensors in the order of the inputs.
    ///   - headerLength: Length of the JSON, where binary tensors follow.
    /// - Returns: The request.
    /// - Throws: `JSONError` where the body is no such request.
    /// - Complexity: O(bytes + customers · features).
    public func inference(
        _ body: [UInt8],
        headerLength: Int? = nil
    ) throws(JSONError) -> InferenceRequest {
        let length = headerLength ?? body.count
        guard length >= 0, length <= body.count else {
            throw JSONError("the header is said to be \(length) bytes of \(body.count)", at: 0)
        }
        var reader = try JSONReader(length == body.count ? body : Array(body[..<length]))
        var id: String?
        var asOf: FieldValue?
        var inputs: [Input] = []
        try reader.object { (name, reader) throws(JSONError) in
            switch name.string {
            case "id": id = try reader.text().string
            case "parameters" where try reader.kind() == .object: asOf = try reader.asOf()
            case "inputs":
                try reader.array { (reader) throws(JSONError) in inputs.append(try input(&reader)) }
            default: try reader.skip()
            }
        }
        try reader.end()
        var tail = body[length...]
        var columns: [(name: JSONText, values: [FieldValue?])] = []
        for input in inputs { columns.append(try column(input, &tail)) }
        guard tail.isEmpty else {
            throw JSONError("\(tail.count) bytes belong to no input", at: body.count - tail.count)
        }
        guard let count = columns.first?.values.count else {
            throw JSONError("inputs are missing", at: length)
        }
        guard columns.allSatisfy({ $0.values.count == count }) else {
            throw JSONError("the inputs differ in length", at: length)
        }
        var rows = CustomerRowsBuilder(self)
        rows.asOf = asOf
        rows.append(columns, count: count)
        return InferenceRequest(id: id, rows: rows.result)
    }

    private func input(_ reader: inout JSONReader) throws(JSONError) -> Input {
        var input = Input()
        try reader.object { (name, reader) throws(JSONError) in
            switch name.string {
            case "name": input.name = try reader.text()
            case "datatype":
                let start = reader.position
                input.type = TensorType(rawValue: try reader.text().string)
                guard input.type != nil else {
                    throw JSONError("the datatype is none of the protocol's", at: start)
                }
            case "shape":
                var shape: [Int] = []
                try reader.array { (reader) throws(JSONError) in
                    shape.append(try reader.count())
                }
                input.shape = shape
            case "data":
                var values: [FieldValue?] = []
                try reader.flat { values.append($0) }
                input.values = values
            case "parameters":
                try reader.object { (name, reader) throws(JSONError) in
                    guard name.string == "binary_data_size" else { return try reader.skip() }
                    input.binarySize = try reader.count()
                }
            default: try reader.skip()
            }
        }
        return input
    }

    private func column(
        _ input: Input,
        _ tail: inout ArraySlice<UInt8>
    ) throws(JSONError) -> (name: JSONText, values: [FieldValue?]) {
        guard let name = input.name, let shape = input.shape, let type = input.type else {
            throw JSONError("an input needs name, shape and datatype", at: 0)
        }
        let label = "the input \"\(name.string.prefix(40))\""
        // [rows] or [rows, 1]; the product can't overflow.
        guard shape.count == 1 || (shape.count == 2 && shape[1] == 1) else {
            throw JSONError("\(label) must have the shape [rows] or [rows, 1]", at: 0)
        }
        let values: [FieldValue?]
        if let size = input.binarySize {
            guard input.values == nil, size <= tail.count,
                let binary = type.values(tail.prefix(size))
            else {
                throw JSONError("\(label) is not what its \(size) bytes are", at: 0)
            }
            tail = tail.dropFirst(size)
            values = binary
        } else {
            guard let given = input.values else { throw JSONError("\(label) has no data", at: 0) }
            values = given
        }
        guard values.count == shape[0] else {
            throw JSONError("\(label) has \(values.count) elements for \(shape[0])", at: 0)
        }
        return (name, values)
    }
}

extension JSONReader {
    /// Reads a whole number that is not negative.
    fileprivate mutating func count() throws(JSONError) -> Int {
        let start = position
        guard let count = Int(exactly: try number().value), count >= 0 else {
            throw JSONError("a count is expected", at: start)
        }
        return count
    }

    /// Reads an array of fields, or arrays of them, one after the other.
    fileprivate mutating func flat(_ take: (FieldValue?) -> Void) throws(JSONError) {
        try array { (reader) throws(JSONError) in
            if try reader.kind() == .array {
                try reader.flat(take)
            } else {
                take(try reader.fieldValue())
            }
        }
    }
}
