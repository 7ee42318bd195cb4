/// What a key opens.
public enum AccessScope: String, CaseIterable, Sendable {
    /// Predictions, and the truth that arrives later.
    case predict
    /// Why customers have their scores, which tells more of the model and its training rows than scores do.
    case explain
    /// The desk: whom to call and why, with what became of it, and new campaigns.
    case desk
    /// What the service tells of itself: metrics, versions, its description.
    case read
    /// Changes of the service.
    case admin
}
