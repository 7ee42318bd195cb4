public import Evaluation
public import Schema

/// What `retain.yaml` holds: the meaning of columns, the campaign's costs, how to train, what a champion
/// must show, when to train anew, which reasons are told, what can be changed for a customer.
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
    /// Which reasons people are told.
    public var reasons: ReasonRules
    /// What the company can change for a customer.
    public var levers: [Lever]

    /// Creates a project with default costs and settings.
    public init(
        schema: Schema,
        costs: CampaignCosts = CampaignCosts(),
        training: TrainingSettings = TrainingSettings(),
        promotion: PromotionBounds = PromotionBounds(),
        retraining: RetrainingRules = RetrainingRules(),
        reasons: ReasonRules = ReasonRules(),
        levers: [Lever] = []
    ) {
        self.schema = schema
        self.costs = costs
        self.training = training
        self.promotion = promotion
        self.retraining = retraining
        self.reasons = reasons
        self.levers = levers
    }

    /// Reads `retain.yaml`.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: Its name, for messages.
    ///   - model: In place of the file's; its other settings stay, and what it leaves out is this model's default.
    /// - Throws: `YAMLProblem` with line, key, value and rule; unknown keys are problems.
    public init(yaml: String, file: String, model: ModelKind? = nil) throws(YAMLProblem) {
        self = try StrictMapping.read(yaml, file: file) { root throws(YAMLProblem) in
            var project = Project(schema: try Schema(yaml: &root))
            let costs = try root.mapping("costs") { section throws(YAMLProblem) in
                try CampaignCosts(yaml: &section)
            }
            let training = try root.mapping("training") { section throws(YAMLProblem) in
                try TrainingSettings(yaml: &section, model: model)
            }
            let schema = project.schema
            let promotion = try root.mapping("promotion") { section throws(YAMLProblem) in
                try PromotionBounds(yaml: &section, schema: schema)
            }
            let retraining = try root.mapping("retraining") { section throws(YAMLProblem) in
                try RetrainingRules(yaml: &section, schema: schema)
            }
            let reasons = try root.mapping("reasons") { section throws(YAMLProblem) in
                try ReasonRules(yaml: &section, schema: schema)
            }
            let levers = try root.mapping("levers") { section throws(YAMLProblem) in
                try [Lever](yaml: &section, schema: schema)
            }
            project.reasons = reasons ?? project.reasons
            project.levers = levers ?? project.levers
            project.costs = costs ?? project.costs
            project.retraining = retraining ?? project.retraining
            project.promotion = promotion ?? project.promotion
            project.training = training ?? TrainingSettings(model ?? .best)
            return project
        }
    }

    /// The sections after the schema, as text.
    public var sections: String {
        [
            costs.yaml, training.yaml, promotion.yaml, retraining.yaml, reasons.yaml, levers.yaml,
        ]
        .joined(separator: "\n")
    }
}
