import Foundation
import ONNX
import SwiftProtobuf
import Testing

@Suite struct GraphTests {
    private func decoded(_ build: (inout Graph) -> Void) throws -> Onnx_ModelProto {
        var graph = Graph("test", description: "A test.")
        build(&graph)
        let bytes = try graph.model(
            producer: ("retain", "1.2.3"),
            version: 7,
            metadata: [("b", "2"), ("a", "1")]
        )
        return try Onnx_ModelProto(serializedBytes: Data(bytes))
    }

    @Test func `the model says who wrote it and which operators it wants`() throws {
        let model = try decoded { _ in }
        #expect(model.irVersion == 8)
        #expect(model.producerName == "retain" && model.producerVersion == "1.2.3")
        #expect(model.modelVersion == 7)
        #expect(model.opsetImport.map(\.domain) == ["", "ai.onnx.ml"])
        #expect(model.opsetImport.map(\.version) == [17, 3])
        #expect(model.graph.name == "test" && model.graph.docString == "A test.")
        // In the given order: sorted by nobody, hashed by nobody.
        #expect(model.metadataProps.map(\.key) == ["b", "a"])
        #expect(model.metadataProps.map(\.value) == ["2", "1"])
    }

    @Test func `nodes have unique names and run from inputs to the output`() throws {
        let model = try decoded { graph in
            let input = graph.input("Age", .double)
            let half = graph.apply("Mul", [input, graph.constant(0.5)])
            let more = graph.apply("Mul", [half, half])
            graph.output(graph.cast(more, .float), .float, named: "answer")
        }
        let nodes = model.graph.node
        #expect(nodes.map(\.opType) == ["Mul", "Mul", "Cast", "Identity"])
        #expect(Set(nodes.map(\.name)).count == 4)
        #expect(nodes[0].input == ["Age", model.graph.initializer[0].name])
        #expect(nodes[1].input == [nodes[0].output[0], nodes[0].output[0]])
        #expect(nodes[2].attribute.map(\.name) == ["to"])
        #expect(nodes[2].attribute.map(\.i) == [Int64(Graph.Element.float.rawValue)])
        #expect(nodes[3].output == ["answer"])
        #expect(model.graph.output.map(\.name) == ["answer"])
    }

    @Test(arguments: [Graph.Element.float, .int64, .string, .bool, .double])
    func `inputs and outputs have any number of rows`(element: Graph.Element) throws {
        let model = try decoded { graph in
            let column = graph.input("column", element)
            _ = graph.input("table", element, isTable: true)
            graph.output(column, element, named: "same")
        }
        let shapes = (model.graph.input + model.graph.output).map(\.type.tensorType)
        #expect(shapes.allSatisfy { $0.elemType == element.rawValue })
        #expect(shapes.map(\.shape.dim.count) == [1, 2, 1])
        #expect(shapes.allSatisfy { $0.shape.dim[0].dimParam == "rows" })
        #expect(shapes[1].shape.dim[1].dimValue == 1)
    }

    @Test func `elements have the codes of the format`() {
        let codes = [Graph.Element.float, .int64, .string, .bool, .double].map(\.rawValue)
        #expect(codes == [1, 7, 8, 9, 11])
    }

    @Test func `constants are little-endian bytes of their shape`() throws {
        let tensors = try decoded { graph in
            _ = graph.constant(-2.5)
            _ = graph.constant([1.0, .nan, .infinity])
            _ = graph.constant([Float(1), 2, 3, 4, 5, -6], shape: [1, 3, 2])
            _ = graph.integers([-1, 258])
        }
        .graph.initializer
        #expect(tensors.map(\.dims) == [[], [3], [1, 3, 2], [2]])
        #expect(tensors.map(\.dataType) == [11, 11, 1, 7])
        #expect(tensors.map(\.rawData.count) == [8, 24, 24, 16])
        #expect(Array(tensors[0].rawData) == [0, 0, 0, 0, 0, 0, 0x04, 0xC0])
        #expect(Array(tensors[2].rawData.suffix(4)) == [0, 0, 0xC0, 0xC0])
        #expect(
            Array(tensors[3].rawData)
                == [255, 255, 255, 255, 255, 255, 255, 255, 2, 1, 0, 0, 0, 0, 0, 0]
        )
    }

    @Test func `attributes carry their type`() throws {
        let attributes = try decoded { graph in
            let input = graph.input("x", .string)
            _ = graph.apply(
                "LabelEncoder",
                [input],
                [
                    ("keys_strings", .strings(["Île", ""])), ("values_int64s", .ints([3, -1])),
                    ("default_int64", .int(-2)),
                ],
                domain: Graph.learningDomain
            )
        }
        .graph.node[0].attribute
        #expect(attributes.map(\.type) == [.strings, .ints, .int])
        #expect(attributes[0].strings == [Data("Île".utf8), Data()])
        #expect(attributes[1].ints == [3, -1])
        #expect(attributes[2].i == -2)
    }

    @Test func `the same calls give the same bytes`() throws {
        func bytes() throws -> [UInt8] {
            var graph = Graph("test", description: "")
            let input = graph.input("x", .double)
            graph.output(graph.apply("Exp", [input]), .double, named: "y")
            return try graph.model(producer: ("retain", "1"), version: 1)
        }
        #expect(try bytes() == bytes())
    }
}
