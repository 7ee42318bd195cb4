import ChurnModel
import Explanation
import Kernels
import Schema
import Testing

@Suite struct ShapleyTests {
    @Test func `a glove game of three is split as Shapley's paper would`() {
        // One left glove (player 0), two right ones: a pair is worth 1.
        let worths = (0 ..< 8).map { $0 & 1 != 0 && $0 & 6 != 0 ? 1.0 : 0 }
        for (value, expected) in zip(
            shapley(players: 3, worths),
            [2.0 / 3, 1.0 / 6, 1.0 / 6]
        ) {
            #expect(abs(value - expected) < 1e-15)
        }
    }

    @Test func `nobody has nothing`() {
        #expect(shapley(players: 0, [0.3]).isEmpty)
    }

    /// A game of three as a logistic probability: σ(−1 + 0.8 a − 1.2 b + 0.5 c + 0.9 a c).
    private func formula(_ rows: CodedRows) -> [Double] {
        (0 ..< rows.count).map { row in
            let (a, b, c) = (
                rows[row: row, column: 0], rows[row: row, column: 1], rows[row: row, column: 2]
            )
            return 1 / (1 + Elementary.exp(1 - 0.8 * a + 1.2 * b - 0.5 * c - 0.9 * a * c))
        }
    }

    @Test func `a formula against three weighted rows has the values of an enumeration in Python`()
    {
        let row = [1.5, -1, 0.7]
        let background = [([0.0, 0, 0], 0.5), ([1, 0.5, -1], 0.3), ([-0.5, 1, 2], 0.2)]
        let games = background.map { ColumnGame(players: [0, 1, 2], from: $0.0[...], stream: 0) }
        let solved = ColumnGame.solve(games, for: row[...], pairs: nil, formula)
        let expected = [0.29407725454961336, 0.2619745030212128, 0.20111170889156205]
        for (player, expected) in expected.enumerated() {
            var value = 0.0
            for (solution, other) in zip(solved, background) {
                value += other.1 * solution.values[player]
            }
            #expect(abs(value - expected) < 1e-14)
        }
    }

    @Test(arguments: [nil, 1, 2, 5]) func `exactly or by pairs, the values add up`(pairs: Int?) {
        let count = 7
        func worth(_ rows: CodedRows) -> [Double] {
            (0 ..< rows.count).map { row in rows[row: row].reduce(1) { $0 * (1 + $1) } / 100 }
        }
        let row = [1.0, 0.5, -0.3, 2, 0.7, 0.1, 1.2]
        let other = [0.2, -0.4, 0.1, 0.3, -0.2, 0.9, 0.4]
        let game = ColumnGame(players: Array(0 ..< count), from: other[...], stream: 7)
        let solution = ColumnGame.solve([game], for: row[...], pairs: pairs, worth)[0]
        let scores = worth(CodedRows(width: count, values: row + other))
        #expect(abs(solution.values.reduce(0, +) - (scores[0] - scores[1])) < 1e-13)
        #expect((solution.variances == nil) == ((pairs ?? 1) < 2))
    }

    @Test func `players who do the same have the same`() {
        func worth(_ rows: CodedRows) -> [Double] {
            (0 ..< rows.count).map { rows[row: $0].reduce(0, +) > 2.5 ? 1 : 0 }
        }
        let game = ColumnGame(players: [0, 1, 2, 3], from: [0, 0, 0, 0], stream: 0)
        let solution = ColumnGame.solve([game], for: [1, 1, 1, 0], pairs: nil, worth)[0]
        #expect(
            solution.values[0] == solution.values[1] && solution.values[1] == solution.values[2]
        )
        #expect(abs(solution.values[0] - 1.0 / 3) < 1e-15 && solution.values[3] == 0)
    }

    @Test func `pairs come near the exact values, and their standard errors tell how near`() throws
    {
        let count = 9
        var generator = SeededGenerator(seed: 3)
        let row = (0 ..< count).map { _ in generator.uniform() }
        func worth(_ rows: CodedRows) -> [Double] {
            (0 ..< rows.count).map { row in
                let x = Array(rows[row: row])
                return 1
                    / (1 + Elementary.exp(-3 * (x[0] * x[1] * x[2] + x[3] - x[4] * x[5] * x[8])))
            }
        }
        let games = (0 ..< 200).map { number in
            ColumnGame(
                players: Array(0 ..< count),
                from: (0 ..< count).map { _ in generator.uniform() * 2 - 1 }[...],
                stream: UInt64(number)
            )
        }
        let exact = ColumnGame.solve(games, for: row[...], pairs: nil, worth)
        let walked = ColumnGame.solve(games, for: row[...], pairs: 2, worth)
        for player in 0 ..< count {
            var distance = 0.0
            var variance = 0.0
            for game in games.indices {
                distance += walked[game].values[player] - exact[game].values[player]
                variance += try #require(walked[game].variances)[player]
            }
            #expect(distance * distance <= 12 * variance + 1e-24)
        }
    }
}
