/// Points as whole numbers that add up to a whole total, by largest remainder.
package enum WholePoints {
    /// Rounds points.
    ///
    /// Each goes down to a whole number, and those that lost most are raised by one until the sum is the total (Hamilton's
    /// method of apportionment); of equal losses the earlier is raised first.
    ///
    /// - Parameters:
    ///   - points: Of a hundred.
    ///   - total: What the result adds up to.
    /// - Returns: A whole number for each, off by less than one where the total is that of the points, rounded.
    /// - Complexity: O(*n* log *n*).
    package static func rounded(_ points: [Double], total: Int) -> [Int] {
        guard !points.isEmpty else { return [] }
        var whole = points.map { Int($0.rounded(.down)) }
        let order = points.indices.sorted { one, other in
            let (left, right) = (
                points[one] - Double(whole[one]), points[other] - Double(whole[other])
            )
            return left != right ? left > right : one < other
        }
        var missing = total - whole.reduce(0, +)
        var next = 0
        while missing != 0 {
            // Backwards where there is too much: who lost least gives.
            let place = missing > 0 ? order[next] : order[order.count - 1 - next]
            whole[place] += missing > 0 ? 1 : -1
            missing += missing > 0 ? -1 : 1
            next = (next + 1) % order.count
        }
        return whole
    }
}
