public import Evaluation

/// How many left of those to be contacted, and of those left alone.
public struct TwoRates: Equatable, Sendable {
    /// Of `contacted`, how many left.
    public var contactedLeft: Int
    /// How many were to be contacted.
    public var contacted: Int
    /// Of `heldOut`, how many left.
    public var heldOutLeft: Int
    /// How many were held out.
    public var heldOut: Int

    /// Creates the counts.
    public init(contactedLeft: Int, contacted: Int, heldOutLeft: Int, heldOut: Int) {
        self.contactedLeft = contactedLeft
        self.contacted = contacted
        self.heldOutLeft = heldOutLeft
        self.heldOut = heldOut
    }

    /// The share of the contacted who left; nil where there are none.
    public var contactedRate: Double? {
        contacted > 0 ? Double(contactedLeft) / Double(contacted) : nil
    }

    /// The share of the held-out who left; nil where there are none.
    public var heldOutRate: Double? { heldOut > 0 ? Double(heldOutLeft) / Double(heldOut) : nil }

    /// The contacted's leaving rate less the held-out's; nil where an arm is empty.
    public var difference: Double? {
        guard let contactedRate, let heldOutRate else { return nil }
        return contactedRate - heldOutRate
    }

    /// Customers who stayed because they were to be contacted, among the contacted; nil where an arm is empty.
    public var saved: Double? { difference.map { -$0 * Double(contacted) } }

    /// The 95 % interval of `saved`; nil where an arm is empty.
    public var savedInterval: ConfidenceInterval? {
        interval.map {
            ConfidenceInterval(low: -$0.high * Double(contacted), high: -$0.low * Double(contacted))
        }
    }

    /// The 95 % interval of `difference` for a single look at the end; nil where an arm is empty.
    ///
    /// Newcombe's hybrid of both arms' Wilson intervals: "Interval estimation for the difference between
    /// independent proportions", Statistics in Medicine 17 (1998), method 10. It is also there where nobody
    /// or everybody of an arm left.
    public var interval: ConfidenceInterval? {
        guard let a = contactedRate, let b = heldOutRate,
            let first = ConfidenceInterval.wilson(successes: contactedLeft, trials: contacted),
            let second = ConfidenceInterval.wilson(successes: heldOutLeft, trials: heldOut)
        else { return nil }
        let (down, up) = (a - first.low, first.high - a)
        let (below, above) = (b - second.low, second.high - b)
        return ConfidenceInterval(
            low: a - b - (down * down + above * above).squareRoot(),
            high: a - b + (up * up + below * below).squareRoot()
        )
    }

    /// The arms changed over.
    var swapped: TwoRates {
        TwoRates(
            contactedLeft: heldOutLeft,
            contacted: heldOut,
            heldOutLeft: contactedLeft,
            heldOut: contacted
        )
    }
}
