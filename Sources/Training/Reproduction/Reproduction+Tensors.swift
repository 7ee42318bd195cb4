import ChurnModel
import Evaluation
import NeuralNetwork

extension Reproduction {
    /// The first number of the networks whose bits differ.
    ///
    /// - Complexity: O(parameters).
    func tensorDifference(
        _ recorded: ChurnModel,
        _ again: ChurnModel
    ) -> ContentTree.Difference? {
        guard recorded.parts.count == again.parts.count else {
            return ContentTree.Difference(
                path: "networks",
                recorded: "\(recorded.parts.count)",
                again: "\(again.parts.count)"
            )
        }
        for (number, (one, other)) in zip(recorded.parts, again.parts).enumerated() {
            let (own, others) = (one.network, other.network)
            guard own.architecture == others.architecture else {
                return ContentTree.Difference(
                    path: "network_\(number)",
                    recorded: "\(own.architecture.inputs)-\(own.architecture.hidden)",
                    again: "\(others.architecture.inputs)-\(others.architecture.hidden)"
                )
            }
            for tensor in own.tensors {
                for place in tensor.range {
                    let (left, right) = (own.parameters[place], others.parameters[place])
                    guard left.bitPattern != right.bitPattern else { continue }
                    let index = Self.index(place - tensor.range.lowerBound, tensor.shape)
                    return ContentTree.Difference(
                        path: "network_\(number).\(tensor.name)\(index)",
                        recorded: "\(left)",
                        again: "\(right)"
                    )
                }
            }
        }
        return nil
    }

    /// A place in a row-major tensor, an index for each dimension.
    private static func index(_ place: Int, _ shape: [Int]) -> [Int] {
        var rest = place
        var index: [Int] = []
        for size in shape.reversed() {
            index.insert(rest % size, at: 0)
            rest /= size
        }
        return index
    }
}

/// What a model does with its networks' answers.
struct Decisions: Encodable {
    let calibration: Calibration
    let conformal: ConformalClassifier?
    let threshold: Double
    let costs: CampaignCosts

    init(_ model: ChurnModel) {
        calibration = model.calibration
        conformal = model.conformal
        threshold = model.threshold
        costs = model.costs
    }
}
