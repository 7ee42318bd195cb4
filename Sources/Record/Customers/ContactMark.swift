/// What a person says of a member.
public struct ContactMark: Equatable, Sendable {
    /// The campaign's name.
    public var campaign: String
    /// The customer's identifier.
    public var customer: String
    /// What became of the customer; `waiting` takes back what was said last.
    public var state: MemberState
    /// Who says so.
    public var source: String
    /// When the person saw how things stood, in milliseconds since 1970.
    public var seen: Int64
    /// Now, in milliseconds since 1970.
    public var time: Int64

    /// Creates a mark.
    public init(
        campaign: String,
        customer: String,
        state: MemberState,
        source: String,
        seen: Int64,
        time: Int64
    ) {
        self.campaign = campaign
        self.customer = customer
        self.state = state
        self.source = source
        self.seen = seen
        self.time = time
    }
}

/// What became of a mark.
public enum MarkReceipt: Equatable, Sendable {
    /// It counts; `heldOut` where the customer should have been left alone.
    case kept(heldOut: Bool)
    /// What was said last no longer counts.
    case takenBack
    /// There was nothing to take back.
    case nothing
    /// Somebody said something else meanwhile, which counts; this is set aside.
    case setAside(by: MemberState, source: String?)
    /// No member of the campaign.
    case stranger
}

/// A mark that was set aside.
public struct SetAsideMark: Equatable, Sendable {
    /// The customer.
    public var customer: String
    /// What was said second.
    public var state: MemberState
    /// Who said it.
    public var source: String?
    /// When, in milliseconds since 1970.
    public var time: Int64
}
