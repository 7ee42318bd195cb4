import FoundationEssentials
import NeuralNetwork
import Output

/// The model's networks as a safetensors file: `retain/network.safetensors`.
enum NetworkFile {
    static let path = "retain/network.safetensors"
    private static let architecturesKey = "architectures"

    /// The tensors of each network under `network_0.`, `network_1.` …, and the architectures as JSON among
    /// the metadata.
    static func encode(_ networks: [Network]) throws -> [UInt8] {
        let architectures = String(
            decoding: try encodedJSON(networks.map(\.architecture)),
            as: UTF8.self
        )
        let tensors = networks.enumerated().flatMap { number, network in
            network.tensors.map { tensor in
                SafeTensors.Tensor(
                    name: name(number, tensor),
                    shape: tensor.shape,
                    values: Array(network.parameters[tensor.range])
                )
            }
        }
        return SafeTensors(tensors, metadata: [architecturesKey: architectures]).encoded()
    }

    static func decode(_ bytes: [UInt8]) throws(ModelFolderError) -> [Network] {
        let file: SafeTensors
        do {
            file = try SafeTensors(decoding: bytes)
        } catch {
            throw ModelFolderError(path, error.description)
        }
        guard let json = file.metadata[architecturesKey],
            let architectures = try? JSONDecoder().decode(
                [Network.Architecture].self,
                from: Data(json.utf8)
            ), !architectures.isEmpty
        else { throw ModelFolderError(path, "its metadata describes no architecture") }
        var networks: [Network] = []
        for (number, architecture) in architectures.enumerated() {
            networks.append(try network(number, architecture, file))
        }
        guard networks.reduce(0, { $0 + $1.tensors.count }) == file.tensors.count else {
            throw ModelFolderError(path, "its tensors do not fit its architecture")
        }
        return networks
    }

    private static func network(
        _ number: Int,
        _ architecture: Network.Architecture,
        _ file: SafeTensors
    ) throws(ModelFolderError) -> Network {
        guard architecture.isValid else {
            throw ModelFolderError(path, "its tensors do not fit its architecture")
        }
        // Before the network is made: widths that nobody wrote would exhaust memory.
        for tensor in architecture.tensors {
            let name = name(number, tensor)
            guard let found = file[name], found.shape == tensor.shape, let values = found.floats
            else {
                throw ModelFolderError(path, "tensor \(name) of shape \(tensor.shape) is missing")
            }
            guard values.allSatisfy(\.isFinite) else {
                throw ModelFolderError(path, "tensor \(name) holds a value that is not finite")
            }
        }
        var network = Network(architecture)
        for tensor in network.tensors {
            guard let values = file[name(number, tensor)]?.floats else { continue }
            network.parameters.replaceSubrange(tensor.range, with: values)
        }
        return network
    }

    private static func name(_ number: Int, _ tensor: Network.Tensor) -> String {
        "network_\(number).\(tensor.name)"
    }
}
