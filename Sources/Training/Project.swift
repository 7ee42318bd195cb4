public import Evaluation
public import Schema

/// What `retain.yaml` holds: the meaning of columns, the campaign's costs, how to train, what a champion
/// must show, when to train anew.
public struct Project: Equatable, Sendable {
    /// What each column means.
    public var schema: Schema
    /// What a campaign costs and brings.
    public var costs: CampaignCosts
    /// How to train.
    public var training: TrainingSettings
    /// What a model must show to become the champion.
    public var promotion: PromotionBounds
    /// When and how to train anew.
    public var retraining: RetrainingRules

    /// Creates a project with default costs and settings.
    public init(
        schema: Schema,
        costs: CampaignCosts = CampaignCosts(),
        training: TrainingSettings = TrainingSettings(),
        promotion: PromotionBounds = PromotionBounds(),
        retraining: RetrainingRules = RetrainingRules()
    ) {
        self.schema = schema
        self.costs = costs
        self.training = training
        self.promotion = promotion
        self.retraining = retraining
    }

    /// Reads `retain.yaml`.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: Its name, for messages.
    /// - Throws: `YAMLProblem` with line, key, value and rule; unknown keys are problems.
    public init(yaml: String, file: String) throws(YAMLProblem) {
        self = try StrictMapping.read(yaml, file: file) { root throws(YAMLProblem) in
            var project = Project(schema: try Schema(yaml: &root))
            let costs = try root.mapping("costs") { section throws(YAMLProblem) in
                try CampaignCosts(yaml: &section)
            }
            let training = try root.mapping("training") { section throws(YAMLProblem) in
                try TrainingSettings(yaml: &section)
            }
            let schema = project.schema
            let promotion = try root.mapping("promotion") { section throws(YAMLProblem) in
                try PromotionBounds(yaml: &section, schema: schema)
            }
            let retraining = try root.mapping("retraining") { section throws(YAMLProblem) in
                try RetrainingRules(yaml: &section, schema: schema)
            }
            project.costs = costs ?? project.costs
            project.retraining = retraining ?? project.retraining
            project.promotion = promotion ?? project.promotion
            project.training = training ?? project.training
            return project
        }
    }

    /// The sections after the schema, as text.
    public var sections: String {
        [costs.yaml, training.yaml, promotion.yaml, retraining.yaml].joined(separator: "\n")
    }
}

extension CampaignCosts {
    fileprivate init(yaml: inout StrictMapping) throws(YAMLProblem) {
        self.init()
        let amounts = 0 ... 1e12
        customerValue = try yaml.number("customer_value", in: amounts) ?? customerValue
        offerCost = try yaml.number("offer_cost", in: amounts) ?? offerCost
        contactCost = try yaml.number("contact_cost", in: amounts) ?? contactCost
        acceptanceRate = try yaml.number("acceptance_rate", in: 0 ... 1) ?? acceptanceRate
        do { try validate() } catch { throw yaml.problem("customer_value", error.description) }
    }

    fileprivate var yaml: String {
        """
        # What a campaign costs and brings, in any one currency. They decide from which probability on
        # contacting a customer pays; put in your own numbers.
        costs:
          customer_value: \(customerValue)  # what keeping a customer is worth
          offer_cost: \(offerCost)  # what the offer costs where it is taken
          contact_cost: \(contactCost)  # what reaching one customer costs
          acceptance_rate: \(acceptanceRate)  # share of contacted leavers who accept and stay

        """
    }
}
