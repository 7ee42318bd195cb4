/// When and how a model is trained anew; the `retraining` section of `retain.yaml`.
///
/// A customer who was offered something and stayed may have stayed because of the offer. The model is asked who leaves
/// if nobody does anything, and that is not what such a label tells (van Geloven et al., "Prediction meets causal
/// inference: the role of treatment in clinical prediction models", European Journal of Epidemiology 35, 2020). Learned
/// from like any other, those labels teach that whom the campaign reaches is safe, and the next list leaves them out.
/// So treated customers are excluded, or count less in learning; nobody is ever judged by them.
///
/// Excluding is right where chance decided who was treated, or at least some like them were not: where everyone above
/// a score gets an offer, nobody is left there to learn from (Pajouheshnia et al., "Accounting for treatment use when
/// validating a prognostic model", BMC Medical Research Methodology 17, 2017). Leave a random part of each list without
/// an offer.
public struct RetrainingRules: Codable, Equatable, Sendable {
    /// How much a treated customer counts in learning, in 0 ..< 1; 0 excludes.
    public var treatedWeight = 0.0
    /// The column of a CSV file that says who was treated; nil where no file does.
    public var treatedColumn: String?
    /// Fewer labelled rows of untreated customers tell too little.
    public var minRows = 1_000
    /// By how much the realised log loss must surely lie above the promised one, in nats.
    public var lossIncrease = 0.01

    /// Creates the default rules.
    public init() {}
}
