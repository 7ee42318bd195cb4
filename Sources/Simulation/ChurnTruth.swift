import Kernels

/// The probability with which a simulated customer leaves: a smooth function of the features as they
/// are written, drift included.
///
/// The form was chosen and its numbers fitted by maximum likelihood so that the rates by country,
/// gender, number of products, activity and age lie near those of a public file of 10,000 bank
/// customers. Salary, satisfaction, card and points have no effect, as in that file.
enum ChurnTruth {
    static func probability(_ customer: Customer) -> Double {
        1 / (1 + Elementary.exp(-logOdds(customer)))
    }

    static func logOdds(_ customer: Customer) -> Double {
        let inGermany = customer.country == .germany ? 1.0 : 0
        let inSpain = customer.country == .spain ? 1.0 : 0
        let female = customer.isFemale ? 1.0 : 0
        // From 0 (empty account) towards 1; half-way at 20,000.
        let balance = max(0, customer[.balance])
        let wealth = balance / (balance + 20_000)

        // Each count has its own effect; drifted counts in between take from both neighbours.
        let products = customer[.products]
        let two = max(0, 1 - abs(products - 2))
        let three = max(0, 1 - abs(products - 3))
        let four = min(1, max(0, products - 3))
        let pair = -2.78 + 2.768 * wealth + 0.207 * female - 1.444 * inGermany

        var sum = -1.821 + 1.21 * inGermany + 0.037 * inSpain + 0.466 * female - 0.939 * wealth
        sum += two * pair + three * 2.444 + four * 6.5
        sum += ageEffect(customer[.age], isActive: customer.isActive)
        sum += creditEffect(customer[.creditScore])
        sum -= 0.018 * (customer[.tenure] - 5)
        return sum
    }

    /// Customers leave most between 50 and 60; inactive ones later in life and far more often.
    private static func ageEffect(_ age: Double, isActive: Bool) -> Double {
        isActive
            ? 2.664 * bell((age - 52.03) / 9.79) - 0.9
            : 4.9 * bell((age - 60.49) / 11.56)
    }

    private static func bell(_ x: Double) -> Double { Elementary.exp(-0.5 * x * x) }

    /// Nearly flat, with a cliff where the score falls below 405.
    private static func creditEffect(_ score: Double) -> Double {
        7 / (1 + Elementary.exp((score - 401) / 1.5)) - 0.0006 * (score - 650)
    }
}
