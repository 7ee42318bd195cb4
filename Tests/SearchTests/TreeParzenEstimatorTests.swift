import Kernels
import Search
import Testing

@Suite struct TreeParzenEstimatorTests {
    @Test(
        arguments: zip(Landscape.allCases, [0.4, 0.5, 0.5])
    )
    func `finds lower places than random search, by a clear margin`(
        landscape: Landscape,
        share: Double
    ) throws {
        let lowest = landscape == .branin ? 0.397887 : 0
        let (seeds, trials) = (20, 80)
        var (estimated, random) = (0.0, 0.0)
        var wins = 0
        for seed in 0 ..< UInt64(seeds) {
            let a = try bestScore(landscape, seed: seed, trials: trials, isRandom: false)
            let b = try bestScore(landscape, seed: seed, trials: trials, isRandom: true)
            estimated += (a - lowest) / Double(seeds)
            random += (b - lowest) / Double(seeds)
            if a < b { wins += 1 }
        }
        #expect(estimated < share * random)
        #expect(wins >= 14)
    }

    @Test(arguments: 0 ..< 5 as Range<UInt64>)
    func `stays within bounds and choices`(seed: UInt64) throws {
        let space = try SearchSpace([
            .real("log", 1e-6 ... 1e-2, log: true), .real("linear", -1 ... 1),
            .real("narrow", 1 ... 1.0000001), .real("next", 1 ... 1.0.nextUp, log: true),
            .real("huge", -1e307 ... 1e307), .real("tiny", 0 ... .leastNonzeroMagnitude),
            .real("fixed", 2 ... 2, log: true), .integer("whole", -3 ... 3),
            .integer("wholeLog", 1 ... 4_096, log: true), .integer("single", 7 ... 7),
            .integer("wide", 0 ... 1 << 53), .integer("wideLog", 1 ... 1 << 53, log: true),
            .choice("choice", ["a", "b", "c"]), .choice("only", ["x"]),
        ])
        let start: Point = [
            "log": 1e-2, "linear": -1, "narrow": 1, "next": 1, "huge": 0, "tiny": 0, "fixed": 2,
            "whole": 3, "wholeLog": 1, "single": 7, "wide": 0, "wideLog": 1, "choice": "c",
            "only": "x",
        ]
        let estimator = try TreeParzenEstimator(space: space, start: start, seed: seed)
        var history: [Trial] = []
        while history.count < 120 {
            let point = try #require(estimator.next(history: history))
            #expect(try space.checked(point) == point)
            // Scores that pull towards the bounds.
            let score = (point.real("log") ?? 0) * 1e3 - (point.real("whole") ?? 0)
            history.append(Trial(history.count, point, scores: [score]))
        }
        #expect(Set(history.map { $0.point["choice"] }).count == 3)
        #expect(Set(history.map { $0.point["whole"] }).count >= 5)
        #expect(history.last?.point["single"] == 7 && history.last?.point["only"] == "x")
    }

    @Test func `a log scale is searched evenly in its logarithm`() throws {
        let space = try SearchSpace([.real("rate", 1e-6 ... 1, log: true)])
        var below = 0
        for seed in 0 ..< 300 as Range<UInt64> {
            let estimator = try TreeParzenEstimator(space: space, start: ["rate": 1], seed: seed)
            let point = estimator.next(history: [Trial(0, ["rate": 1], scores: [1])])
            if let rate = point?.real("rate"), rate < 1e-3 { below += 1 }
        }
        #expect((120 ... 180).contains(below))
    }

    @Test func `numbers are short enough to read`() throws {
        let space = try SearchSpace([
            .real("rate", 1e-6 ... 1, log: true), .real("share", 0 ... 0.6),
        ])
        let estimator = try TreeParzenEstimator(
            space: space,
            start: ["rate": 1, "share": 0],
            seed: 3
        )
        var history: [Trial] = []
        while history.count < 40 {
            let point = try #require(estimator.next(history: history))
            for entry in point.entries {
                #expect(entry.value.json.utf8.count <= 9, "\(point.json)")
            }
            history.append(Trial(history.count, point, scores: [point.real("share") ?? 0]))
        }
    }

    @Test func `starts at the given point and depends on seed and history alone`() throws {
        let estimator = try Self.estimator(.network, seed: 5)
        #expect(estimator.next(history: []) == estimator.start)
        let history = try Self.history(.network, seed: 5, count: 30)
        #expect(estimator.next(history: history) == estimator.next(history: history))
        #expect(try Self.history(.network, seed: 5, count: 30) == history)
        let other = try Self.estimator(.network, seed: 6)
        #expect(other.next(history: history) != estimator.next(history: history))
        var changed = history
        changed[3] = Trial(3, history[3].point, scores: [-100])
        #expect(estimator.next(history: changed) != estimator.next(history: history))
    }

    @Test func `the choice of seconds does not change a point`() throws {
        let history = try Self.history(.bowl, seed: 1, count: 20)
        let slower = history.map {
            Trial(
                number: $0.number,
                point: $0.point,
                scores: $0.scores,
                state: $0.state,
                seconds: 9
            )
        }
        let estimator = try Self.estimator(.bowl, seed: 1)
        #expect(estimator.next(history: history) == estimator.next(history: slower))
    }

    @Test func `tries each point of a small space once`() throws {
        let space = try SearchSpace([.integer("a", 1 ... 4), .choice("b", ["x", "y", "z"])])
        let estimator = try TreeParzenEstimator(space: space, start: ["a": 2, "b": "y"], seed: 0)
        var history: [Trial] = []
        while let point = estimator.next(history: history) {
            history.append(Trial(history.count, point, scores: [point.real("a") ?? 0]))
        }
        #expect(history.count == 12 && Set(history.map(\.point)).count == 12)
    }

    @Test func `refuses a start outside the space`() throws {
        let space = try SearchSpace([.real("a", 0 ... 1)])
        #expect(throws: SearchError.self) {
            _ = try TreeParzenEstimator(space: space, start: ["a": 2], seed: 0)
        }
    }

    @Test func `the good ones are the best tenth, complete before pruned before failed`() {
        func numbers(_ trials: [Trial]) -> [Int] { trials.map(\.number) }
        var history = [Trial(0, scores: [0.1], folds: 3), Trial(1, scores: [0.2, 0.2], folds: 3)]
        history.append(
            Trial(number: 2, point: [:], scores: [0], state: .failed("no"), seconds: 1)
        )
        #expect(numbers(TreeParzenEstimator.split(history).good) == [1])
        #expect(numbers(TreeParzenEstimator.split(history).bad) == [0, 2])
        history.append(Trial(3, scores: [9, 9, 9], folds: 3))
        #expect(numbers(TreeParzenEstimator.split(history).good) == [3])
        let many = (0 ..< 400).map { Trial($0, scores: [Double($0 % 40)]) }
        let (good, bad) = TreeParzenEstimator.split(many)
        #expect(good.count == 25 && bad.count == 375)
        #expect(numbers(good) == numbers(good).sorted() && good.allSatisfy { $0.scores[0] <= 2 })
        for (count, expected) in [(1, 1), (10, 1), (11, 2), (30, 3), (31, 4)] {
            #expect(TreeParzenEstimator.split(Array(many.prefix(count))).good.count == expected)
        }
    }

    static func estimator(_ landscape: Landscape, seed: UInt64) throws -> TreeParzenEstimator {
        try TreeParzenEstimator(space: landscape.space, start: landscape.start, seed: seed)
    }

    static func history(_ landscape: Landscape, seed: UInt64, count: Int) throws -> [Trial] {
        let estimator = try estimator(landscape, seed: seed)
        var history: [Trial] = []
        while history.count < count, let point = estimator.next(history: history) {
            history.append(Trial(history.count, point, scores: [landscape.score(point)]))
        }
        return history
    }

    private func bestScore(
        _ landscape: Landscape,
        seed: UInt64,
        trials: Int,
        isRandom: Bool
    ) throws -> Double {
        guard isRandom else {
            return try Self.history(landscape, seed: seed, count: trials).best?.score ?? .nan
        }
        // The first points are random; another seed for each gives as many as wanted.
        var best = landscape.score(landscape.start)
        let history = [Trial(0, landscape.start, scores: [best])]
        for trial in 1 ..< UInt64(trials) {
            let estimator = try Self.estimator(landscape, seed: seed << 32 | trial)
            let point = try #require(estimator.next(history: history))
            best = min(best, landscape.score(point))
        }
        return best
    }
}
