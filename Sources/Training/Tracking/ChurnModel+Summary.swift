public import ChurnModel
private import Features
private import NeuralNetwork

extension ChurnModel {
    /// The networks' layers with their sizes, a line each.
    public var summaryTable: String {
        var text = ""
        for (number, part) in parts.enumerated() {
            let network = part.network
            let architecture = network.architecture
            text +=
                "Network \(number + 1) of \(parts.count): \(architecture.members)"
                + (architecture.members == 1 ? " member" : " members")
                + (architecture.sharesWeights ? " that share weights" : "")
                + ", activation \(architecture.activation.rawValue)\n"
            for tensor in network.tensors {
                text += "  \(tensor.name) \(tensor.shape): \(tensor.range.count) parameters\n"
            }
            text += "inputs: \(part.features.encodedNames.joined(separator: ", "))\n\n"
        }
        let count = parts.reduce(0) { $0 + $1.network.tensors.reduce(0) { $0 + $1.range.count } }
        return text + "parameters: \(count)\n"
    }
}
