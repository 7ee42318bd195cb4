public import Campaign

/// Which part of a campaign's list is asked for.
public struct QueueQuery: Equatable, Sendable {
    /// The campaign's name.
    public var campaign: String
    /// What identifier or reasons hold; empty for anything.
    public var search = ""
    /// Whose state is this; nil for any.
    public var state: MemberState?
    /// Columns of levels with the level that the latest prediction has.
    public var levels: [LevelChoice] = []
    /// The order.
    public var order = Order.rank
    /// How many to pass over.
    public var first = 0
    /// How many at most.
    public var count = 50

    /// In which order members come.
    public enum Order: String, Sendable {
        /// By rank: what contacting earns, the most first.
        case rank
        /// By identifier.
        case customer
        /// By probability, the greatest first.
        case risk
        /// By what contacting earns, the least first.
        case gain
    }

    /// A level that a column is to have.
    public struct LevelChoice: Equatable, Sendable {
        /// The column's name.
        public var column: String
        /// The level, as a file has it.
        public var level: String

        /// Creates a choice.
        public init(column: String, level: String) {
            self.column = column
            self.level = level
        }
    }

    /// Asks for the first page of a campaign.
    public init(campaign: String) { self.campaign = campaign }
}

/// What became of a member of a list, as people said it last.
public enum MemberState: String, CaseIterable, Sendable {
    /// Nobody said anything yet.
    case waiting
    /// Was reached and took the offer.
    case accepted
    /// Was reached and did not take it.
    case declined
    /// Was not reached.
    case notReached = "not-reached"
    /// Had left.
    case left
}

/// A part of a campaign's list.
public struct QueuePage: Sendable {
    /// A member with what was said of it.
    public struct Entry: Sendable {
        /// The member.
        public var member: CampaignMember
        /// What became of it.
        public var state: MemberState
        /// Who said so.
        public var source: String?
        /// Why it was chosen; nil where that is not kept.
        public var note: MemberNote?
    }

    /// The members that were asked for; none who is held out.
    public var entries: [Entry]
    /// How many there are, on all pages.
    public var matches: Int
}

/// How a campaign's list stands.
public struct QueueStanding: Equatable, Sendable {
    /// How many are to be contacted.
    public var contacts: Int
    /// How many are held out.
    public var heldOut: Int
    /// How many are in each state; those that nobody is in are absent, and waiting is the rest.
    public var states: [MemberState: Int]
    /// What contacting those who wait earns on average.
    public var waitingProfit: Double
    /// What contacting all earns on average.
    public var profit: Double
}

/// Why a member was chosen, as it is shown.
public struct MemberNote: Equatable, Sendable {
    /// The reasons, JSON.
    public var reasons: String
    /// What could help, JSON; nil where that is not known.
    public var lever: String?

    /// Creates a note.
    public init(reasons: String, lever: String? = nil) {
        self.reasons = reasons
        self.lever = lever
    }
}
