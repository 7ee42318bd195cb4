import Evaluation
import NeuralNetwork
import Schema
import Testing
import Training

@Suite struct ProjectTests {
    static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: nil,
        columns: [
            ColumnSchema(name: "age", role: .feature, type: .number(minimum: 0, maximum: nil)),
            ColumnSchema(name: "left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )

    static func yaml(_ sections: String) -> String { schema.yaml(sections: sections) }

    @Test(arguments: ModelKind.allCases)
    func `what is written is read`(model: ModelKind) throws {
        var project = Project(schema: Self.schema)
        project.training = TrainingSettings(model)
        #expect(try read(project) == project)
        project.training.columns = .all
        project.training.coverage = 0.8
        project.training.members = 5
        project.training.loop.weightDecay = 0.3
        project.training.piecesWeightDecay = 0.7
        project.training.loop.clipNorm = 2
        project.training.adaptsToRows = false
        project.training.validationShare = 0.25
        project.costs = CampaignCosts(
            customerValue: 950,
            offerCost: 25,
            contactCost: 2.5,
            acceptanceRate: 0.4
        )
        project.training.hidden = [64, 32, 8]
        project.training.dropout = 0.1
        project.training.loop.schedule = .exponential(ratio: 0.9)
        project.training.loop.patience = 7
        project.training.loop.restoresBest = true
        project.training.classWeights = .explicit(.init(negative: 1, positive: 3.5))
        #expect(try read(project) == project)
    }

    @Test func `offers and columns of amounts are read as they are written`() throws {
        let text = Self.yaml(
            """
            costs:
              customer_value: {column: worth, typical: 300}
              contact_cost: 2
              offers:
                rebate: {offer_cost: 10, acceptance_rate: {column: rate, typical: 0.3}}
                gift: {offer_cost: 4, paid: always, stayer_acceptance_rate: 0}

            """
        )
        let project = try Project(yaml: text, file: "retain.yaml")
        let terms = project.costs.campaignTerms
        #expect(terms.columns == ["worth", "rate"])
        #expect(terms.offers.map(\.name) == ["rebate", "gift"])
        #expect(terms.offers.map(\.contactCost.typical) == [2, 2])
        #expect(terms.offers[0].acceptanceRate == CampaignAmount(column: "rate", typical: 0.3))
        #expect(terms.offers[1].paid == .always)
        #expect(project.costs.customerValue == 300)
        // (4 + 2) / (0.3 · 300), which is below the rebate's 12 / 97.
        #expect(abs(project.costs.breakEvenProbability - 6.0 / 90) < 1e-12)
        #expect(try read(project) == project)
    }

    @Test func `plain costs are the terms of one offer, with the threshold they had`() throws {
        let costs = CampaignCosts()
        #expect(costs.breakEvenProbability == 11.0 / 67)
        #expect(CampaignCosts(costs.campaignTerms) == costs)
    }

    private func read(_ project: Project) throws -> Project {
        let text = project.schema.yaml(sections: project.sections)
        return try Project(yaml: text, file: "retain.yaml")
    }

    @Test(
        arguments: [LearningRateSchedule.constant, .cosine, .flatThenCosine],
        [ClassWeights.equal, .balanced]
    )
    func `settings survive`(schedule: LearningRateSchedule, weights: ClassWeights) throws {
        var project = Project(schema: Self.schema)
        project.training.loop.schedule = schedule
        project.training.classWeights = weights
        #expect(try read(project) == project)
    }

    @Test func `without sections the defaults hold`() throws {
        let project = try Project(yaml: Self.yaml(""), file: "retain.yaml")
        #expect(project.costs == CampaignCosts())
        #expect(project.training == TrainingSettings())
        #expect(project.training.model == .best && project.training.hidden == [64, 64])
        let seed = try Project(yaml: Self.yaml("training:\n  model: seed\n"), file: "f").training
        #expect(seed == TrainingSettings(.seed) && seed.hidden == [10, 10])
        #expect(seed.loop.epochs == 50 && seed.loop.batchSize == 32)
        let longer = try Project(yaml: Self.yaml("training:\n  epochs: 9\n"), file: "f").training
        #expect(longer.loop.epochs == 9 && !longer.adaptsToRows)
    }

    @Test(
        arguments: [
            (
                "costs:\n  customer_value: {column: worth}",
                "costs.customer_value: the key \"typical\" is missing"
            ),
            ("training:\n  epoch: 3", "training: unknown key \"epoch\"; did you mean \"epochs\"?"),
            ("training:\n  epochs: many", "training.epochs: \"many\" must be a whole number"),
            ("training:\n  epochs: 0", "training.epochs: 0 must be from 1 to 100000"),
            ("training:\n  learning_rate: -1", "training.learning_rate: -1 must be from"),
            ("training:\n  hidden: [10, x]", "training.hidden: \"x\" must be a whole number"),
            (
                "training:\n  model: forest",
                "training.model: \"forest\" is none of seed, fast, best"
            ),
            (
                "training:\n  learning_rate_ratio: 0.5",
                "training.learning_rate_ratio: goes with \"learning_rate_schedule: exponential\" only"
            ),
            (
                "training:\n  learning_rate_schedule: exponential",
                "the key \"learning_rate_ratio\" is missing"
            ),
            (
                "training:\n  keep: best",
                "training.validation_share: must be above 0 for"
            ),
            (
                "training:\n  class_weights: {negative: 1}",
                "training.class_weights: the key \"positive\" is missing"
            ),
            ("costs:\n  acceptance_rate: 2", "costs.acceptance_rate: 2 must be from 0 to 1"),
            ("costs:\n  customer_value: 5", "customer value 5.0 is not above the offer cost 10.0"),
            ("training: 5", "training: must hold \"key: value\" lines"),
            ("trainings:\n  epochs: 1", "unknown key \"trainings\"; did you mean \"training\"?"),
        ]
    )
    func `a mistake is named with its place, value and rule`(section: String, message: String) {
        let error = #expect(throws: YAMLProblem.self) {
            try Project(yaml: Self.yaml(section + "\n"), file: "retain.yaml")
        }
        let text = error?.description ?? ""
        #expect(text.contains(message), "\(text)")
        #expect(text.hasPrefix("retain.yaml:"))
    }
}
