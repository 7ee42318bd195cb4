import ChurnModel
import Features
import Foundation
import Kernels
import Schema
import Tabular
import TestSupport
import Testing
import Training

@Suite struct NetworkImportTests {
    private let folder: TemporaryFolder
    private let data: CustomerData
    private var project: Project

    init() throws {
        folder = try TemporaryFolder()
        let path = try folder.customers(300)
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var schema = inferred.schema
        for place in schema.columns.indices {
            if schema.columns[place].role == .feature,
                !["Age", "Geography", "HasCrCard"].contains(schema.columns[place].name)
            {
                schema.columns[place].role = .ignored
            }
        }
        project = Project(schema: schema)
        self.data = try CustomerData(path, schema: schema, threads: 1)
    }

    /// 4-3-1, its inputs in an order of its own.
    private var network: NetworkImport {
        get throws {
            try NetworkImport(
                json: Array(
                    """
                    {"name": "old.keras", "activation": "relu",
                     "inputs": [{"column": "Geography", "level": "Spain", "mean": 0.25, "deviation": 0.5},
                                {"column": "Age", "mean": 39, "deviation": 10},
                                {"column": "Geography", "level": "Germany", "mean": 0, "deviation": 1},
                                {"column": "HasCrCard", "mean": 0.7, "deviation": 0.4}],
                     "layers": [{"weights": [[1, -2, 0.5], [0.25, 1, -1], [2, 0, 1], [-0.5, 0.5, 0.25]],
                                 "biases": [0.1, 0.2, -0.3]},
                                {"weights": [[1], [-1], [0.5]], "biases": [-0.4]}]}
                    """.utf8
                ),
                file: "network.json"
            )
        }
    }

    /// What the network says of a customer, by its definition.
    private func probability(age: Double, geography: String, card: Double) throws -> Double {
        let network = try network
        let inputs = [
            ((geography == "Spain" ? 1 : 0) - 0.25) / 0.5, (age - 39) / 10,
            geography == "Germany" ? 1 : 0, (card - 0.7) / 0.4,
        ]
        let hidden = (0 ..< 3).map { unit in
            let sum = inputs.indices.reduce(Double(network.layers[0].biases[unit])) {
                $0 + inputs[$1] * Double(network.layers[0].weights[$1][unit])
            }
            return max(0, sum)
        }
        let logit = hidden.indices.reduce(Double(network.layers[1].biases[0])) {
            $0 + hidden[$1] * Double(network.layers[1].weights[$1][0])
        }
        return 1 / (1 + exp(-logit))
    }

    @Test func `the model answers as the network did`() throws {
        let result = try network.model(project, data: data, threads: 2)
        let scores = try result.model.predict(data.table)
        guard case .number(let ages)? = data.table["Age"],
            case .level(let places, let levels)? = data.table["Geography"],
            case .level(let cards, _)? = data.table["HasCrCard"]
        else {
            Issue.record("columns of other kinds")
            return
        }
        for row in scores.indices {
            let expected = try probability(
                age: ages[row],
                geography: levels[Int(places[row])],
                card: Double(cards[row])
            )
            #expect(abs(Double(scores[row]) - expected) < 1e-6)
        }
        #expect(Set(scores).count > 100)
    }

    @Test func `its folder reads back, and says where it comes from`() throws {
        let result = try network.model(project, data: data, threads: 1)
        try result.save(to: folder.path + "/model")
        let saved = try ModelFolder.load(from: folder.path + "/model")
        #expect(saved.model == result.model)
        #expect(try saved.record().imported == "old.keras")
        #expect(saved.card.contains("old.keras"))
        #expect(saved.references != nil)
    }

    @Test(arguments: [
        ("\"relu\"", "\"tanh\"", "relu and gelu are known"),
        (
            "\"biases\": [-0.4]", "\"biases\": [-0.4, 1]",
            "layer 2 must have weights of shape [3, 2]"
        ),
        ("[[1], [-1], [0.5]]", "[[1], [-1]]", "layer 2 must have weights of shape [3, 1]"),
        ("\"layers\"", "\"layer\"", "layers is missing"),
        ("[-0.4]", "[\"x\"]", "layers.Index 1.biases.Index 0 is of another type"),
        ("{\"name\"", "", "it is no JSON"),
    ])
    func `a network that can't be one is refused`(old: String, new: String, words: String) throws {
        let json = """
            {"name": "old.keras", "activation": "relu",
             "inputs": [{"column": "Geography", "level": "Spain", "mean": 0.25, "deviation": 0.5},
                        {"column": "Age", "mean": 39, "deviation": 10},
                        {"column": "HasCrCard", "mean": 0.7, "deviation": 0.4}],
             "layers": [{"weights": [[1, -2, 0.5], [0.25, 1, -1], [2, 0, 1]], "biases": [0.1, 0.2, -0.3]},
                        {"weights": [[1], [-1], [0.5]], "biases": [-0.4]}]}
            """
        let error = try #require(throws: ImportError.self) {
            try NetworkImport(
                json: Array(json.replacing(old, with: new).utf8),
                file: "network.json"
            )
            .model(project, data: data, threads: 1)
        }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test(arguments: [
        ("Geography", "Italy", "has no level \"Italy\""),
        ("Age", "Old", "reads the indicator of \"Old\""),
        ("Salary", nil, "is no feature in retain.yaml"), ("Geography", nil, "reads a number of it"),
    ])
    func `inputs that the schema does not have are refused`(
        column: String,
        level: String?,
        words: String
    ) throws {
        var network = try network
        network.inputs[1] = GivenInput(column: column, level: level)
        var project = project
        if column != "Age" {
            let age = try #require(project.schema.columns.firstIndex { $0.name == "Age" })
            project.schema.columns[age].role = .ignored
        }
        let error = try #require(throws: FeatureError.self) {
            try network.model(project, data: data, threads: 1)
        }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test func `a feature without an input is refused`() throws {
        var network = try network
        network.inputs.removeLast()
        let error = try #require(throws: FeatureError.self) {
            try network.model(project, data: data, threads: 1)
        }
        #expect("\(error)".contains("the network has no input of it"))
    }
}
