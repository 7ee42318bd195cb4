import Campaign

/// What somebody said of a customer, as it stands in the record's history.
struct ToldOutcome: Equatable {
    /// Whether the customer had left; nil where that was not said.
    var left: Bool?
    /// When this was known, in milliseconds since 1970: the date given, or when it was received.
    var known: Int64
    /// When the customer left, in milliseconds since 1970; nil where nobody said.
    var occurred: Int64?
    var contacted: Bool?
    var offerTaken: Bool?
    var cost: Double?
}

/// The days from a score or a campaign on within which leaving counts, and what is known of one customer in them.
///
/// What is said later takes the place of what was said before.
struct OutcomeWindow {
    static let day: Int64 = 86_400_000

    /// Milliseconds since 1970.
    let start: Int64
    /// Milliseconds since 1970; the window has matured from then on.
    let end: Int64
    /// Contacts from then on belong to another window, in milliseconds since 1970.
    let next: Int64
    /// Whether the customer left within the window; nil where what was said does not tell.
    private(set) var left: Bool?
    private(set) var contacted: Bool?
    private(set) var offerTaken: Bool?
    private(set) var cost: Double?
    /// When the customer had left at the latest, while `left` is true.
    private var gone: Int64 = 0

    init(start: Int64, days: Int, next: Int64 = .max) {
        self.start = start
        end = start + Int64(days) * Self.day
        self.next = next
    }

    /// Whether the window is over at a time.
    func isOver(at time: Int64) -> Bool { time >= end }

    /// What the state of the customer's truth is at a time.
    func state(at time: Int64) -> MemberTruth.State {
        if !isOver(at: time) { return .open }
        return left == nil ? .censored : .matured
    }

    /// Takes in the next thing that was said.
    mutating func take(_ told: ToldOutcome) {
        // What was known before the window began says nothing of what happens in it.
        guard told.known >= start else { return }
        if told.known < next {
            contacted = told.contacted ?? contacted
            offerTaken = told.offerTaken ?? offerTaken
            cost = told.cost ?? cost
        }
        switch told.left {
        case true?: takeLeaving(told)
        case false?:
            if told.known >= end {
                left = false
            } else if left == true, gone <= told.known {
                // Still there after having left by what was said before: that no longer holds.
                left = nil
            }
        case nil: break
        }
    }

    private mutating func takeLeaving(_ told: ToldOutcome) {
        if let occurred = told.occurred {
            // Days, since nobody knows the hour at which a customer left.
            guard occurred / Self.day >= start / Self.day else { return }
            left = occurred / Self.day <= end / Self.day
            gone = occurred
        } else if told.known / Self.day <= end / Self.day {
            left = true
            gone = told.known
        } else if left == nil, told.known < next {
            // Told once the window was over and without a day: the answer to whether the customer left in it.
            left = true
            gone = told.known
        }
    }
}
