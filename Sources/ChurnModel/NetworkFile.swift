import FoundationEssentials
import NeuralNetwork

/// The network as a safetensors file: `retain/network.safetensors`.
enum NetworkFile {
    static let path = "retain/network.safetensors"
    private static let architectureKey = "architecture"

    /// The network's tensors, and its architecture as JSON among the metadata.
    static func encode(_ network: Perceptron) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let architecture = String(
            decoding: try encoder.encode(network.architecture),
            as: UTF8.self
        )
        let tensors = network.tensors.map { tensor in
            SafeTensors.Tensor(
                name: tensor.name,
                shape: tensor.shape,
                values: Array(network.parameters[tensor.range])
            )
        }
        return SafeTensors(tensors, metadata: [architectureKey: architecture]).encoded()
    }

    static func decode(_ bytes: [UInt8]) throws(ModelFolderError) -> Perceptron {
        let file: SafeTensors
        do {
            file = try SafeTensors(decoding: bytes)
        } catch {
            throw ModelFolderError(path, error.description)
        }
        guard let json = file.metadata[architectureKey],
            let architecture = try? JSONDecoder().decode(
                Perceptron.Architecture.self,
                from: Data(json.utf8)
            )
        else { throw ModelFolderError(path, "its metadata describes no architecture") }
        // Before the network is made: widths that nobody wrote would exhaust memory, or trap.
        guard widths(of: file) == [architecture.inputs] + architecture.hidden + [1],
            architecture.dropout >= 0, architecture.dropout < 1
        else { throw ModelFolderError(path, "its tensors do not fit its architecture") }
        var network = Perceptron(architecture)
        guard network.tensors.count == file.tensors.count else {
            throw ModelFolderError(path, "its tensors do not fit its architecture")
        }
        for tensor in network.tensors {
            guard let found = file[tensor.name], found.shape == tensor.shape else {
                throw ModelFolderError(
                    path,
                    "tensor \(tensor.name) of shape \(tensor.shape) is missing"
                )
            }
            guard found.values.allSatisfy(\.isFinite) else {
                throw ModelFolderError(
                    path,
                    "tensor \(tensor.name) holds a value that is not finite"
                )
            }
            network.parameters.replaceSubrange(tensor.range, with: found.values)
        }
        return network
    }

    /// Inputs, then outputs of each layer, as far as weights follow one another without a gap.
    private static func widths(of file: SafeTensors) -> [Int] {
        var widths: [Int] = []
        while let weight = file["dense_\(max(widths.count - 1, 0)).weight"],
            weight.shape.count == 2, weight.shape.allSatisfy({ $0 > 0 })
        {
            if widths.isEmpty { widths.append(weight.shape[0]) }
            widths.append(weight.shape[1])
        }
        return widths
    }
}
