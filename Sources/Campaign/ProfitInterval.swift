package import Evaluation
private import Kernels

/// How far a list's expected profit may be off, by what the numbers behind it may be off; each source apart.
public struct ProfitInterval: Codable, Equatable, Sendable {
    /// The middle 95 % by one source.
    public struct Range: Codable, Equatable, Sendable {
        /// The lower end.
        public var low: Double
        /// The upper end.
        public var high: Double
    }

    /// By how many leave, given that probabilities are only as right as rows held out of training show; nil where no such rows
    /// were.
    public var calibration: Range?
    /// The expected profit with the probabilities that rows held out of training would give; nil as above.
    public var recalibrated: Double?
    /// By how many accept, with the rate of acceptance Beta(6, 14) distributed and scaled to the assumed one.
    public var acceptance: Range
}

/// What a contact earns as a function of the probability p of leaving and a factor s of the assumed acceptance.
package struct ContactWorth: Equatable, Sendable {
    /// The probability that the customer leaves.
    package let probability: Double
    /// The acceptance of leavers, γ.
    package let acceptance: Double
    /// What an accepting leaver brings, less what the offer costs only then.
    package let gain: Double
    /// What is paid whatever the customer does.
    package let fixed: Double
    /// What a stayer costs on average beside that.
    package let stayer: Double

    package init(
        probability: Double,
        acceptance: Double,
        gain: Double,
        fixed: Double,
        stayer: Double
    ) {
        self.probability = probability
        self.acceptance = acceptance
        self.gain = gain
        self.fixed = fixed
        self.stayer = stayer
    }

    /// What the contact earns on average.
    package func profit(_ probability: Double, factor: Double = 1) -> Double {
        probability * min(1, factor * acceptance) * gain - fixed - (1 - probability) * stayer
    }

    /// By how much profit rises from a stayer to a leaver.
    package var slope: Double { acceptance * gain + stayer }
}

extension CampaignCustomers {
    /// What a contact is worth.
    package func worth(_ customer: Int, _ offer: Offer) -> ContactWorth {
        let offerCost = offer.offerCost[customer]
        let isAlways = offer.paid == .always
        return ContactWorth(
            probability: Double(probabilities[customer]),
            acceptance: offer.acceptanceRate[customer],
            gain: values[customer] - (isAlways ? 0 : offerCost),
            fixed: offer.contactCost[customer] + (isAlways ? offerCost : 0),
            stayer: isAlways ? 0 : offerCost * offer.stayerAcceptanceRate[customer]
        )
    }
}

extension ProfitInterval {
    /// Measures.
    ///
    /// The profit of customers who leave independently with probabilities q has the variance Σ a² q (1 − q), with a what a
    /// leaver earns more than a stayer; and where logit q = α + β logit p with (α, β) known but for their covariance Σ, gᵀ Σ g
    /// is added, g = Σ a q (1 − q) (1, logit p).
    ///
    /// - Parameters:
    ///   - contacts: Those on the list, in a fixed order.
    ///   - recalibration: What rows held out of training say of probabilities; nil where there were none.
    /// - Complexity: O(contacts).
    package init(_ contacts: [ContactWorth], recalibration: Recalibration?) {
        let reach = normalDistance(withChance: 0.05)
        if let recalibration {
            var (mean, variance, first, second) = (0.0, 0.0, 0.0, 0.0)
            for contact in contacts {
                let probability = recalibration.applied(to: contact.probability)
                let spread = probability * (1 - probability)
                mean += contact.profit(probability)
                variance += contact.slope * contact.slope * spread
                first += contact.slope * spread
                second += contact.slope * spread * Logit.of(contact.probability)
            }
            variance +=
                first * first * recalibration.interceptVariance
                + 2 * first * second * recalibration.covariance
                + second * second * recalibration.slopeVariance
            let error = variance.squareRoot()
            recalibrated = mean
            calibration = Range(low: mean - reach * error, high: mean + reach * error)
        }
        func profit(_ factor: Double) -> Double {
            contacts.reduce(0) { $0 + $1.profit($1.probability, factor: factor) }
        }
        acceptance = Range(
            low: profit(Self.acceptanceFactor(chance: 0.025)),
            high: profit(Self.acceptanceFactor(chance: 0.975))
        )
    }

    /// What the acceptance rate is a multiple of the assumed one by, or less, with a chance: Beta(6, 14), whose mean is 0.3,
    /// as in Verbraken, Verbeke and Baesens, IEEE TKDE 25 (2013).
    package static func acceptanceFactor(chance: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high / 0.3 }
            if Elementary.regularizedIncompleteBeta(middle, a: 6, b: 14) < chance {
                low = middle
            } else {
                high = middle
            }
        }
    }
}
