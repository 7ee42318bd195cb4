/// The newest predicted probabilities.
struct RecentScores: Sendable {
    private var scores: [Float] = []
    /// Where the next one goes once there are `capacity`.
    private var next = 0
    /// The most that are kept.
    static let capacity = 10_000

    mutating func add(_ new: [Float]) {
        for score in new.suffix(Self.capacity) {
            if scores.count < Self.capacity {
                scores.append(score)
            } else {
                scores[next] = score
                next = (next + 1) % Self.capacity
            }
        }
    }

    /// At most `count` of them, oldest first.
    func newest(_ count: Int) -> [Float] {
        Array((scores[next...] + scores[..<next]).suffix(count))
    }
}
