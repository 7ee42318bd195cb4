/// An amount of each customer.
public enum CustomerAmounts: Equatable, Sendable {
    /// All have the same.
    case same(Double)
    /// Each has its own. Shape [customers].
    case each([Double])

    /// A customer's amount.
    public subscript(customer: Int) -> Double {
        switch self {
        case .same(let amount): amount
        case .each(let amounts): amounts[customer]
        }
    }
}
