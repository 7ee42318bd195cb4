import FoundationEssentials
import SwiftProtobuf

/// A computation in the Open Neural Network Exchange format, node by node.
///
/// The same calls give the same bytes. Operators: https://onnx.ai/onnx/operators.
public struct Graph: Sendable {
    private var graph = Onnx_GraphProto()
    private var nextValue = 0
    /// The version of the standard operators that nodes are written for.
    public static let operatorVersion = 17
    /// The version of the operators for machine learning (`ai.onnx.ml`).
    public static let learningOperatorVersion = 3
    /// The domain of the operators for machine learning.
    public static let learningDomain = "ai.onnx.ml"

    /// A tensor that flows through the graph.
    public struct Value: Equatable, Sendable {
        /// Unique in its graph.
        public let name: String
    }

    /// What a tensor holds; the raw value is the format's.
    public enum Element: Int32, Sendable {
        /// Single precision.
        case float = 1
        /// Whole numbers.
        case int64 = 7
        /// Text.
        case string = 8
        /// Yes or no.
        case bool = 9
        /// Double precision.
        case double = 11
    }

    /// What steers an operator.
    public enum Attribute: Sendable {
        /// A whole number.
        case int(Int)
        /// Several.
        case ints([Int])
        /// A text.
        case text(String)
        /// Texts.
        case strings([String])
        /// Numbers in double precision, as a tensor.
        case doubles([Double])
    }

    /// Creates an empty graph.
    ///
    /// - Parameters:
    ///   - name: For programs that show it.
    ///   - description: For people who read it.
    public init(_ name: String, description: String) {
        graph.name = name
        graph.docString = description
    }

    /// Adds an input of shape [rows], or [rows, 1] where it is a table.
    public mutating func input(
        _ name: String,
        _ element: Element,
        isTable: Bool = false
    ) -> Value {
        var info = info(name, element)
        if isTable {
            var column = Onnx_TensorShapeProto.Dimension()
            column.dimValue = 1
            info.type.tensorType.shape.dim.append(column)
        }
        graph.input.append(info)
        return Value(name: name)
    }

    /// Makes a value the output of shape [rows], under a name.
    public mutating func output(_ value: Value, _ element: Element, named name: String) {
        var node = Onnx_NodeProto()
        node.opType = "Identity"
        node.name = "output"
        node.input = [value.name]
        node.output = [name]
        graph.node.append(node)
        graph.output.append(info(name, element))
    }

    /// Adds an operation.
    ///
    /// - Parameters:
    ///   - operation: Name of the operator.
    ///   - inputs: Its inputs, in the operator's order.
    ///   - attributes: Name and value of each.
    ///   - domain: Empty for the standard operators.
    /// - Returns: Its first output.
    public mutating func apply(
        _ operation: String,
        _ inputs: [Value],
        _ attributes: [(String, Attribute)] = [],
        domain: String = ""
    ) -> Value {
        var node = Onnx_NodeProto()
        let output = freshName(operation)
        node.opType = operation
        node.name = output
        node.domain = domain
        node.input = inputs.map(\.name)
        node.output = [output]
        node.attribute = attributes.map(Self.attribute)
        graph.node.append(node)
        return Value(name: output)
    }

    /// Adds a conversion.
    public mutating func cast(_ value: Value, _ element: Element) -> Value {
        apply("Cast", [value], [("to", .int(Int(element.rawValue)))])
    }

    /// Adds numbers in double precision, as a vector where there is no shape.
    public mutating func constant(_ values: [Double], shape: [Int]? = nil) -> Value {
        constant(.double, shape ?? [values.count], values.count, values.map(\.bitPattern))
    }

    /// Adds one number in double precision.
    public mutating func constant(_ value: Double) -> Value { constant([value], shape: []) }

    /// Adds numbers in single precision.
    public mutating func constant(_ values: [Float], shape: [Int]) -> Value {
        constant(.float, shape, values.count, values.map(\.bitPattern))
    }

    /// Adds whole numbers, as a vector where there is no shape.
    ///
    /// A name of its own, since `[1]` alone does not say what it is meant to be.
    public mutating func integers(_ values: [Int], shape: [Int]? = nil) -> Value {
        let bits = values.map { UInt64(bitPattern: Int64($0)) }
        return constant(.int64, shape ?? [values.count], values.count, bits)
    }

    /// The graph as a model's file.
    ///
    /// - Parameters:
    ///   - producer: Name and version of the program.
    ///   - version: Of the graph's form.
    ///   - metadata: Name and value of each entry, in order.
    /// - Returns: The file's bytes.
    /// - Throws: `BinaryEncodingError` where it is beyond 2 GiB.
    public func model(
        producer: (name: String, version: String),
        version: Int,
        metadata: [(String, String)] = []
    ) throws -> [UInt8] {
        var model = Onnx_ModelProto()
        model.irVersion = 8
        model.producerName = producer.name
        model.producerVersion = producer.version
        model.modelVersion = Int64(version)
        model.opsetImport = [
            ("", Self.operatorVersion), (Self.learningDomain, Self.learningOperatorVersion),
        ]
        .map { domain, version in
            var entry = Onnx_OperatorSetIdProto()
            entry.domain = domain
            entry.version = Int64(version)
            return entry
        }
        model.metadataProps = metadata.map { key, value in
            var entry = Onnx_StringStringEntryProto()
            entry.key = key
            entry.value = value
            return entry
        }
        model.graph = graph
        return Array(try model.serializedData() as Data)
    }

    private mutating func freshName(_ stem: String) -> String {
        nextValue += 1
        return "retain.\(stem).\(nextValue)"
    }

    private mutating func constant(
        _ element: Element,
        _ shape: [Int],
        _ count: Int,
        _ bits: [some FixedWidthInteger]
    ) -> Value {
        precondition(shape.reduce(1, *) == count, "\(count) numbers do not fill \(shape)")
        let tensor = Self.tensor(freshName("constant"), element, shape, bits)
        graph.initializer.append(tensor)
        return Value(name: tensor.name)
    }

    private static func tensor(
        _ name: String,
        _ element: Element,
        _ shape: [Int],
        _ bits: [some FixedWidthInteger]
    ) -> Onnx_TensorProto {
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = shape.map(Int64.init)
        tensor.dataType = element.rawValue
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bits.count * 8)
        for number in bits {
            for place in stride(from: 0, to: number.bitWidth, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> place))
            }
        }
        tensor.rawData = Data(bytes)
        return tensor
    }

    private func info(_ name: String, _ element: Element) -> Onnx_ValueInfoProto {
        var rows = Onnx_TensorShapeProto.Dimension()
        rows.dimParam = "rows"
        var info = Onnx_ValueInfoProto()
        info.name = name
        info.type.tensorType.elemType = element.rawValue
        info.type.tensorType.shape.dim = [rows]
        return info
    }

    private static func attribute(_ name: String, _ value: Attribute) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        switch value {
        case .int(let number):
            attribute.type = .int
            attribute.i = Int64(number)
        case .ints(let numbers):
            attribute.type = .ints
            attribute.ints = numbers.map(Int64.init)
        case .text(let text):
            attribute.type = .string
            attribute.s = Data(text.utf8)
        case .doubles(let values):
            attribute.type = .tensor
            attribute.t = tensor("", .double, [values.count], values.map(\.bitPattern))
        case .strings(let texts):
            attribute.type = .strings
            attribute.strings = texts.map { Data($0.utf8) }
        }
        return attribute
    }
}
