/// How Shapley values are computed.
public enum ExplanationMethod: Equatable, Sendable {
    /// Exact where that is affordable, else two pairs.
    case automatic
    /// Every coalition of columns, whatever it takes.
    case exact
    /// That many permutations and their reverses for each reference customer, with a standard error from two on.
    case pairs(Int)
}
