public import Campaign

/// All that the record knows of a customer.
public struct CustomerHistory: Sendable {
    /// A prediction.
    public struct Prediction: Sendable {
        /// When, in milliseconds since 1970.
        public var time: Int64
        /// The calibrated probability.
        public var probability: Double
        /// The model's name, version and digest.
        public var model: NamedModel
        /// The columns by name, JSON.
        public var features: String
    }

    /// Something that was said.
    public struct Saying: Sendable {
        /// When, in milliseconds since 1970.
        public var time: Int64
        /// Who said so.
        public var source: String?
        /// What became of a contact; nil where that was not said.
        public var state: MemberState?
        /// Whether the customer had left; nil where that was not said.
        public var left: Bool?
        /// When it was taken back or set aside; nil where it counts.
        public var withdrawn: Int64?
    }

    /// Being a member of a campaign.
    public struct Membership: Sendable {
        /// The campaign.
        public var campaign: CampaignEntry
        /// As what.
        public var member: CampaignMember
    }

    /// The newest first.
    public var predictions: [Prediction]
    /// The newest first.
    public var sayings: [Saying]
    /// The newest campaign first.
    public var memberships: [Membership]
}

/// Customers who were predicted.
public struct CustomerPage: Sendable {
    /// A customer.
    public struct Entry: Equatable, Sendable {
        /// The identifier.
        public var customer: String
        /// The latest probability.
        public var probability: Double
        /// When that was said, in milliseconds since 1970.
        public var time: Int64
        /// The model's name and version.
        public var version: String
        /// What was predicted from, JSON by column; nil where that was not asked for.
        public var features: String?
    }

    /// The customers that were asked for.
    public var entries: [Entry]
    /// How many there are; `mostCounted` stands for as many or more.
    public var matches: Int
    /// Up to which customers are counted.
    public static let mostCounted = 100_000
}
