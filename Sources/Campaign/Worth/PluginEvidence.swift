import Kernels

/// E-values that guess both arms' leaving rates from what came before: what ``RandomisationEvidence`` is held
/// against, and what customers assigned one by one need, for whom there are no blocks.
public struct PluginEvidence: Equatable, Sendable {
    /// What each rate's guess begins with: this many leavers, and as many who stay.
    public static let prior = 0.18

    /// The evidence so far.
    public private(set) var value = 1.0
    /// Customers and leavers, of the held-out and of the contacted.
    private var customers = [0.0, 0.0]
    private var left = [0.0, 0.0]

    /// Creates evidence of nothing: 1.
    public init() {}

    /// Takes in a block: its likelihood under both guesses over that under their weighted mean.
    ///
    /// Turner, Ly and Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional
    /// stopping", Journal of Statistical Planning and Inference 230 (2024). Its mean is at most 1 only where all of a
    /// block have one risk; it finds a difference of either sign.
    public mutating func add(_ block: BlockCounts) {
        let contacted = Double(block.customers - block.heldOut)
        let heldOut = Double(block.heldOut)
        let (a, b) = (guess(1), guess(0))
        let mean = (contacted * a + heldOut * b) / (contacted + heldOut)
        let inContacted = Double(block.contactedLeft)
        let inHeldOut = Double(block.left - block.contactedLeft)
        func log(_ leavers: Double, _ all: Double, _ rate: Double) -> Double {
            leavers * Elementary.log(rate) + (all - leavers) * Elementary.log(1 - rate)
        }
        value *= Elementary.exp(
            log(inContacted, contacted, a) + log(inHeldOut, heldOut, b)
                - log(inContacted, contacted, mean) - log(inHeldOut, heldOut, mean)
        )
        count(1, contacted, inContacted)
        count(0, heldOut, inHeldOut)
    }

    /// Takes in one customer who was assigned by a lot of its own.
    ///
    /// - Parameters:
    ///   - contacted: Whether the lot said to contact.
    ///   - hasLeft: Whether the customer left.
    ///   - share: The lot's chance of contacting.
    public mutating func add(contacted: Bool, hasLeft: Bool, share: Double) {
        let rates = [guess(0), guess(1)]
        let mean = share * rates[1] + (1 - share) * rates[0]
        let rate = rates[contacted ? 1 : 0]
        value *= hasLeft ? rate / mean : (1 - rate) / (1 - mean)
        count(contacted ? 1 : 0, 1, hasLeft ? 1 : 0)
    }

    private func guess(_ arm: Int) -> Double {
        (Self.prior + left[arm]) / (2 * Self.prior + customers[arm])
    }

    private mutating func count(_ arm: Int, _ all: Double, _ leavers: Double) {
        customers[arm] += all
        left[arm] += leavers
    }
}
