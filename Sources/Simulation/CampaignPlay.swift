import Kernels

/// Plays what becomes of a campaign's customers, whose truth is known.
///
/// Whoever is to be contacted is contacted within two weeks, the first of the list first; nobody leaves before that
/// is over. A customer who would leave by the file that `BankSimulator` writes leaves here, too, if left alone.
public struct CampaignPlay: Sendable {
    /// How it goes.
    public struct Options: Equatable, Sendable {
        /// What contacting changes.
        public var effect: TreatmentEffect
        /// Which share of the held-out is contacted all the same.
        public var contaminated: Double
        /// Within how many days leaving counts; more than ``CampaignPlay/contactDays``.
        public var horizonDays: Int
        /// What reaching a customer costs.
        public var contactCost: Double
        /// What the offer costs where it is taken.
        public var offerCost: Double

        /// Creates options.
        public init(
            effect: TreatmentEffect,
            contaminated: Double = 0,
            horizonDays: Int = 90,
            contactCost: Double = 1,
            offerCost: Double = 10
        ) {
            self.effect = effect
            self.contaminated = contaminated
            self.horizonDays = horizonDays
            self.contactCost = contactCost
            self.offerCost = offerCost
        }
    }

    /// What is known of a customer on some day.
    public struct Outcome: Equatable, Sendable {
        /// Whether the customer left; nil while that is open.
        public var left: Bool?
        /// How many days after the start the customer left; nil unless it is known to have left.
        public var leavingDay: Int?
        /// Whether the customer was contacted.
        public var contacted: Bool
        /// Whether the offer was taken; nil without a contact.
        public var offerTaken: Bool?
        /// What contact and offer cost.
        public var cost: Double
        /// What contacting changes.
        public var kind: TreatmentKind
    }

    /// Within how many days everybody is contacted.
    public static let contactDays = 14

    private let simulator: BankSimulator
    private let options: Options

    /// Creates a play.
    ///
    /// - Parameters:
    ///   - simulator: Made the customers.
    ///   - options: How it goes.
    public init(simulator: BankSimulator, options: Options) {
        precondition(options.horizonDays > Self.contactDays, "horizon: \(options.horizonDays) days")
        self.simulator = simulator
        self.options = options
    }

    /// What is known of a customer.
    ///
    /// - Parameters:
    ///   - row: Of the simulated file, from 0.
    ///   - isHeldOut: Whether the campaign leaves the customer alone.
    ///   - place: In the list, in 0..<1, by which contacts begin.
    ///   - day: How many days after the start it is.
    /// - Returns: The outcome; it depends on the seed, the row and these alone.
    public func outcome(row: Int, isHeldOut: Bool, place: Double, day: Int) -> Outcome {
        var generator = SeededGenerator(
            seed: simulator.seed,
            stream: Self.streams | UInt64(row)
        )
        let (lot, time, slip) = (generator.uniform(), generator.uniform(), generator.uniform())
        let kind = options.effect.kind(leavesAlone: simulator.leaves(row: row), lot: lot)
        let contactDay = Int(place * Double(Self.contactDays))
        let contacted = (!isHeldOut || slip < options.contaminated) && day >= contactDay
        let leaves =
            !isHeldOut || slip < options.contaminated ? kind.leavesContacted : kind.leavesAlone
        let days = options.horizonDays - Self.contactDays
        let leavingDay = leaves ? Self.contactDays + 1 + Int(time * Double(days)) : nil
        // The last day of the horizon belongs to it.
        let left = leavingDay.map { $0 <= day } ?? false
        // Sure things take what is offered, too; who leaves does not.
        let taken = contacted ? !kind.leavesContacted : nil
        return Outcome(
            left: left ? true : day >= options.horizonDays ? false : nil,
            leavingDay: left ? leavingDay : nil,
            contacted: contacted,
            offerTaken: taken,
            cost: contacted ? options.contactCost + (taken == true ? options.offerCost : 0) : 0,
            kind: kind
        )
    }

    /// Keeps these random numbers apart from those of the customers: "PLAY" in ASCII.
    private static let streams: UInt64 = 0x504C_4159 << 32
}
