/// What became of the customers of one block, of whom one or more were held out by lot.
public struct BlockCounts: Hashable, Sendable {
    /// Of the contacted, how many left.
    public var contactedLeft: Int
    /// How many left in all.
    public var left: Int
    /// How many customers there are.
    public var customers: Int
    /// How many of them were held out.
    public var heldOut: Int

    /// Creates the counts.
    public init(contactedLeft: Int, left: Int, customers: Int, heldOut: Int) {
        self.contactedLeft = contactedLeft
        self.left = left
        self.customers = customers
        self.heldOut = heldOut
    }
}
