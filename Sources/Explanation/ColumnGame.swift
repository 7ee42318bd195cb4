import Kernels
package import Schema

/// The game that leads from one row to another: a coalition of columns has the values of the row that is explained, the
/// rest those of the row it starts from.
package struct ColumnGame {
    /// The columns that differ, ascending.
    package let players: [Int]
    /// The row without any of them.
    package let from: ArraySlice<Double>
    /// Keeps the permutations of one game apart from another's; never the customer's.
    package let stream: UInt64

    /// Creates a game.
    package init(players: [Int], from: ArraySlice<Double>, stream: UInt64) {
        self.players = players
        self.from = from
        self.stream = stream
    }

    /// What the game comes to.
    package struct Solution {
        /// Shapley value of each player.
        package let values: [Double]
        /// Variance of each; nil where the values are exact, or one pair tells nothing of them.
        package let variances: [Double]?
    }

    /// Solves games for the same row.
    ///
    /// - Parameters:
    ///   - games: Each from another row.
    ///   - row: What is explained.
    ///   - pairs: How many random permutations of the columns each game walks, and their reverses (Mitchell, Cooper, Frank
    ///     and Holmes, "Sampling permutations for Shapley value estimation", JMLR 2022); nil for all coalitions. A game
    ///     with no more coalitions than that would take is solved exactly all the same.
    ///   - worth: The scores of mixed rows.
    /// - Returns: A solution for each game. Values add up to the score of the row less that of the game's own row.
    package static func solve(
        _ games: [ColumnGame],
        for row: ArraySlice<Double>,
        pairs: Int?,
        _ worth: (CodedRows) -> [Double]
    ) -> [Solution] {
        let walks = games.map { $0.walk(pairs: pairs, columns: row.count) }
        // So many mixed rows at a time as fit into a cache.
        let block = max(1_024, min(32_768, (1 << 20) / max(row.count, 1)))
        var worths: [Double] = []
        worths.reserveCapacity(walks.reduce(0) { $0 + $1.count })
        var values: [Double] = []
        values.reserveCapacity(block * row.count)
        func flush() {
            guard !values.isEmpty else { return }
            worths += worth(CodedRows(width: row.count, values: values))
            values.removeAll(keepingCapacity: true)
        }
        for (game, walk) in zip(games, walks) {
            for coalition in 0 ..< walk.count {
                game.append(walk, coalition, of: row, to: &values)
                if values.count >= block * row.count { flush() }
            }
        }
        flush()
        var start = 0
        return zip(games, walks).map { game, walk in
            defer { start += walk.count }
            return walk.solution(worths[start ..< start + walk.count])
        }
    }

    /// Which coalitions are asked.
    private enum Walk {
        case all(players: Int)
        /// Places among the players in the order of each permutation, each followed by its reverse.
        case orders([[Int]])

        /// Number of coalitions; those of permutations begin with the empty and the full one, which all share.
        var count: Int {
            switch self {
            case .all(let players): 1 << players
            case .orders(let orders): 2 + orders.reduce(0) { $0 + $1.count - 1 }
            }
        }

        func solution(_ worths: ArraySlice<Double>) -> Solution {
            let worths = Array(worths)
            switch self {
            case .all(let players):
                return Solution(
                    values: shapley(players: players, worths),
                    variances: nil
                )
            case .orders(let orders): return Self.solution(orders, worths)
            }
        }

        private static func solution(_ orders: [[Int]], _ worths: [Double]) -> Solution {
            let players = orders[0].count
            let pairs = orders.count / 2
            // Mean gain over a permutation and its reverse, shape [pairs, players].
            var gains = [Double](repeating: 0, count: pairs * players)
            var next = 2
            for (number, order) in orders.enumerated() {
                var before = worths[0]
                for (step, player) in order.enumerated() {
                    let after = step == players - 1 ? worths[1] : worths[next + step]
                    gains[number / 2 * players + player] += (after - before) / 2
                    before = after
                }
                next += players - 1
            }
            let values = (0 ..< players).map { player in
                var sum = 0.0
                for pair in 0 ..< pairs { sum += gains[pair * players + player] }
                return sum / Double(pairs)
            }
            guard pairs > 1 else { return Solution(values: values, variances: nil) }
            let variances = values.enumerated().map { player, mean in
                var sum = 0.0
                for pair in 0 ..< pairs {
                    let distance = gains[pair * players + player] - mean
                    sum += distance * distance
                }
                return sum / Double(pairs * (pairs - 1))
            }
            return Solution(values: values, variances: variances)
        }
    }

    private func walk(pairs: Int?, columns: Int) -> Walk {
        guard let pairs else { return .all(players: players.count) }
        let walked = 2 + 2 * pairs * max(0, players.count - 1)
        if players.count < 24, 1 << players.count <= walked { return .all(players: players.count) }
        var places = [Int](repeating: -1, count: columns)
        for (place, player) in players.enumerated() { places[player] = place }
        var orders: [[Int]] = []
        for pair in 0 ..< pairs {
            var generator = SeededGenerator(seed: stream, stream: UInt64(pair))
            let order = generator.permutation(columns).map { places[Int($0)] }.filter { $0 >= 0 }
            orders += [order, order.reversed()]
        }
        return .orders(orders)
    }

    /// Adds the mixed row of a coalition.
    private func append(
        _ walk: Walk,
        _ coalition: Int,
        of row: ArraySlice<Double>,
        to values: inout [Double]
    ) {
        let start = values.count
        values += from
        func take(_ place: Int) {
            values[start + players[place]] = row[row.startIndex + players[place]]
        }
        switch walk {
        case .all:
            for place in players.indices where coalition & 1 << place != 0 { take(place) }
        case .orders(let orders):
            if coalition == 0 { return }
            if coalition == 1 { return players.indices.forEach(take) }
            let steps = players.count - 1
            let (order, step) = (coalition - 2).quotientAndRemainder(dividingBy: steps)
            for place in orders[order][0 ... step] { take(place) }
        }
    }
}

/// Shapley values from the worth of every coalition.
///
/// φ_j = Σ over S without j of |S|! (M − |S| − 1)! / M! · [v(S ∪ j) − v(S)].
///
/// - Parameters:
///   - players: M.
///   - worths: Shape [2^M]; bit j of a place says whether player j takes part.
/// - Returns: Shape [M].
/// - Complexity: O(M · 2^M).
package func shapley(players: Int, _ worths: [Double]) -> [Double] {
    precondition(worths.count == 1 << players, "\(worths.count) coalitions of \(players) players")
    // |S|! (M − |S| − 1)! / M!
    var weights = [Double](repeating: 1 / Double(max(players, 1)), count: players)
    for size in weights.indices.dropFirst() {
        weights[size] = weights[size - 1] * Double(size) / Double(players - size)
    }
    return (0 ..< players).map { player in
        let bit = 1 << player
        var sum = 0.0
        for coalition in worths.indices where coalition & bit == 0 {
            sum +=
                weights[coalition.nonzeroBitCount]
                * (worths[coalition | bit] - worths[coalition])
        }
        return sum
    }
}
