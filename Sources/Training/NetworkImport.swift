private import ChurnModel
private import Drift
private import Evaluation
private import Explanation
public import Features
private import FoundationEssentials
private import NeuralNetwork
public import Output
private import Schema

/// A network of dense layers that was trained elsewhere, as JSON: `python -m retain_churn.migrate` writes it of a Keras model.
///
/// Hidden layers are rectified (`relu`) or Gaussian units (`gelu`), all the same; the last has one output, whose logistic
/// function is the probability.
///
/// ```json
/// {"name": "model.keras", "activation": "relu",
///  "inputs": [{"column": "Age", "mean": 38.9, "deviation": 10.5}],
///  "layers": [{"weights": [[0.5, -1]], "biases": [0, 0.1]}, {"weights": [[1], [2]], "biases": [0]}]}
/// ```
public struct NetworkImport: Codable, Equatable, Sendable {
    /// What the network was called.
    public var name: String
    /// What follows each hidden layer: `relu` or `gelu`.
    public var activation: String
    /// What the network reads, in order.
    public var inputs: [GivenInput]
    /// The layers, the first first.
    public var layers: [Layer]

    /// A dense layer.
    public struct Layer: Codable, Equatable, Sendable {
        /// Shape [inputs, outputs], as Keras keeps it.
        public var weights: [[Float]]
        /// Shape [outputs].
        public var biases: [Float]
    }

    /// Reads the JSON of a network.
    ///
    /// - Throws: `ImportError` with the place of what is missing or of another type.
    public init(json: [UInt8], file: String) throws(ImportError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json))
        } catch {
            var problem = "it is no JSON"
            if case .keyNotFound(let key, let context)? = error as? DecodingError {
                problem = "\(Self.place(context.codingPath + [key])) is missing"
            } else if case .typeMismatch(_, let context)? = error as? DecodingError {
                problem = "\(Self.place(context.codingPath)) is of another type than it must be"
            } else if case .valueNotFound(_, let context)? = error as? DecodingError {
                problem = "\(Self.place(context.codingPath)) is null"
            }
            throw ImportError(name: file, problem: "\(problem); see `retain import --help`")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the whole" : path.map(\.stringValue).joined(separator: ".")
    }

    /// Makes a model of it that answers as the network did.
    ///
    /// - Parameters:
    ///   - project: What the columns mean, what a campaign costs.
    ///   - data: Customers such as the network learned from: drift is measured from them, and reasons are told against them.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: The model, with a record that says where it comes from.
    /// - Throws: `ImportError` where the layers do not fit together, `FeatureError` where the inputs don't fit the columns.
    public func model(
        _ project: Project,
        data: CustomerData,
        threads: Int
    ) throws -> TrainingWorkflow.Result {
        let (features, places) = try FittedFeatures.given(inputs, project.schema)
        let part = ModelPart(features: features, network: try network(places))
        let model = ChurnModel(
            schema: project.schema.trained(data.asOf),
            parts: [part],
            trees: nil,
            calibration: .none,
            conformal: nil,
            threshold: try ThresholdPolicy.breakEven(project.costs)
                .threshold(labels: [], probabilities: []),
            costs: project.costs,
            reasons: project.reasons,
            levers: project.levers
        )
        var settings = TrainingSettings(.seed)
        settings.hidden = part.network.architecture.hidden
        settings.testShare = 0
        settings.validationShare = 0
        settings.loop.epochs = 0
        let material = TrainingMaterial(data)
        let rows = NetworkRecipe.Rows(table: data.table, labels: data.labels)
        let workflow = TrainingWorkflow(project, seed: 0, threads: threads)
        return TrainingWorkflow.Result(
            model: model,
            record: TrainingRecord(
                retainVersion: RetainVersion.current,
                imported: name,
                seed: 0,
                settings: settings,
                data: TrainingRecord.Data(
                    material,
                    project.schema,
                    training: 0,
                    validation: 0,
                    test: 0
                ),
                importances: [],
                adaptation: RowAdaptation(settings),
                histories: []
            ),
            reference: DriftReference(
                data.table,
                schema: project.schema,
                scores: try model.predict(data.table),
                threads: threads
            ),
            references: try workflow.references(for: model, rows) { _ in }
        )
    }

    /// The network, with its inputs in the order of the encoded columns.
    private func network(_ places: [Int]) throws(ImportError) -> Network {
        guard let kind = Self.activations[activation] else {
            throw ImportError(
                name: name,
                problem: "its hidden layers are \"\(activation)\"; relu and gelu are known"
            )
        }
        var width = inputs.count
        for (number, layer) in layers.enumerated() {
            let outputs = layer.biases.count
            guard layer.weights.count == width, layer.weights.allSatisfy({ $0.count == outputs }),
                outputs > 0
            else {
                throw ImportError(
                    name: name,
                    problem:
                        "layer \(number + 1) must have weights of shape [\(width), \(outputs)] for its \(outputs) biases"
                )
            }
            guard (layer.weights.joined() + layer.biases).allSatisfy(\.isFinite) else {
                throw ImportError(
                    name: name,
                    problem: "layer \(number + 1) has a weight that is no finite number"
                )
            }
            width = outputs
        }
        guard width == 1, !layers.isEmpty else {
            throw ImportError(
                name: name,
                problem: "its last layer has \(width) outputs; one is needed, of a yes/no answer"
            )
        }
        var network = Network(
            Network.Architecture(
                inputs: inputs.count,
                hidden: layers.dropLast().map(\.biases.count),
                activation: kind
            )
        )
        for (number, layer) in layers.enumerated() {
            let weights = number == 0 ? places.map { layer.weights[$0] } : layer.weights
            network.set("dense_\(number).weight", to: Array(weights.joined()))
            network.set("dense_\(number).bias", to: layer.biases)
        }
        return network
    }

    private static let activations: [String: Network.Activation] = [
        "relu": .rectifier, "gelu": .gaussian,
    ]
}

extension Network {
    /// Gives a tensor its values.
    fileprivate mutating func set(_ name: String, to values: [Float]) {
        guard let tensor = tensors.first(where: { $0.name == name }) else {
            preconditionFailure("there is no tensor \(name)")
        }
        parameters.replaceSubrange(tensor.range, with: values)
    }
}

/// A network that can't be taken over.
public struct ImportError: RetainError, Equatable {
    /// What the network is called.
    public let name: String
    /// Why.
    public let problem: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: which network, why.
    public var description: String { "\(name): \(problem)" }
}
