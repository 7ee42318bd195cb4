import Files

/// A campaign as the record keeps it, beside its members.
public struct CampaignEntry: Equatable, Sendable {
    /// Names it; no other campaign of the record has this name.
    public var name: String
    /// When it was decided, in milliseconds since 1970.
    public var created: Int64
    /// When it was closed; nil while it is open.
    public var closed: Int64?
    /// Within how many days from `created` leaving counts.
    public var horizonDays: Int
    /// Names the key that drew the hold-out; the key itself is never in the record.
    public var keyID: String
    /// The decision and all that it stands on, JSON.
    public var decision: String

    /// Creates an entry.
    public init(
        name: String,
        created: Int64,
        closed: Int64? = nil,
        horizonDays: Int,
        keyID: String,
        decision: String
    ) {
        self.name = name
        self.created = created
        self.closed = closed
        self.horizonDays = horizonDays
        self.keyID = keyID
        self.decision = decision
    }

    /// Whether a campaign may be called so: files are named after it.
    ///
    /// - Returns: True for 1 to 100 letters of ASCII, digits, `-`, `_` and `.`, the first neither `-` nor `.`.
    public static func isName(_ text: String) -> Bool { PathName.isPlain(text) }
}
