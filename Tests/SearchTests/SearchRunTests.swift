import Files
import Kernels
import Search
import TestSupport
import Testing

@Suite struct SearchRunTests {
    @Test(arguments: Landscape.allCases)
    func `goes on after any interruption as if there had been none`(landscape: Landscape) throws {
        let folder = try TemporaryFolder()
        let search = try Self.search(landscape)
        let (count, end) = (40, Search.Limits(trials: 40))
        try Self.run(search, folder.log, end, landscape)
        let whole = try BlockReader.contents(of: folder.log)
        let lines = whole.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == count + 1)
        for cut in 0 ... count {
            let path = folder.path + "/cut-\(cut)"
            // With half of the next line, as a killed process leaves it.
            let kept = lines.prefix(cut + 1).flatMap { $0 + [UInt8(ascii: "\n")] }
            let half = cut < count ? lines[cut + 1].prefix(20) : []
            try AtomicFile.write(kept + half, to: path)
            try Self.run(search, path, end, landscape)
            #expect(try BlockReader.contents(of: path) == whole, "cut after \(cut)")
        }
    }

    @Test func `scores of all folds end in the log, and pruning saves some`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search(.network)
        var evaluated = 0
        var told: [Trial] = []
        var log = try TrialLog(folder.log, of: search)
        let ending = try search.run(
            log: &log,
            limits: Search.Limits(trials: 60),
            evaluate: { point, fold in
                evaluated += 1
                return Self.score(.network, point, fold)
            },
            afterTrial: { told.append($0) }
        )
        let trials = log.trials
        #expect(ending == .trials && trials.count == 60 && told == trials)
        #expect(evaluated == trials.map(\.scores.count).reduce(0, +) && evaluated < 60 * 5)
        for trial in trials {
            #expect(trial.state == (trial.scores.count == 5 ? .complete : .pruned))
            #expect([1, 3, 5].contains(trial.scores.count))
            #expect(
                trial.scores == trial.scores.indices.map { Self.score(.network, trial.point, $0) }
            )
        }
        let best = try #require(trials.best)
        #expect(best.state == .complete && best.scores.count == 5)
        #expect(try #require(best.score) < 0.5 * #require(trials[0].score))
    }

    @Test(arguments: [(0.0, 0), (0.9, 1), (1.0, 1), (1.1, 2), (3.0, 3)])
    func `ends when the time of all trials is up`(seconds: Double, trials: Int) throws {
        let folder = try TemporaryFolder()
        let search = try Self.search(.bowl)
        let limits = Search.Limits(trials: 50, seconds: seconds)
        #expect(try Self.run(search, folder.log, limits, .bowl) == .time)
        // Going on with the same limit adds nothing.
        #expect(try Self.run(search, folder.log, limits, .bowl) == .time)
        #expect(try TrialLog(folder.log, of: search).trials.count == trials)
    }

    @Test func `ends when every point was tried`() throws {
        let folder = try TemporaryFolder()
        let search = try Search(
            space: SearchSpace([.integer("a", 1 ... 3), .choice("b", ["x", "y"])]),
            start: ["a": 1, "b": "x"],
            seed: 0,
            halving: SuccessiveHalving(folds: 1),
            fingerprint: []
        )
        var log = try TrialLog(folder.log, of: search)
        let ending = try search.run(log: &log, limits: Search.Limits(trials: 100)) { point, _ in
            point.real("a") ?? 0
        }
        #expect(ending == .exhausted && log.trials.count == 6)
    }

    @Test(arguments: [false, true])
    func `a failure is a trial of its own and the search goes on`(isThrown: Bool) throws {
        struct Diverged: Error, CustomStringConvertible { let description = "it\ndiverged" }
        let folder = try TemporaryFolder()
        let search = try Self.search(.network)
        var log = try TrialLog(folder.log, of: search)
        let ending = try search.run(log: &log, limits: Search.Limits(trials: 60)) { point, fold in
            if let rate = point.real("rate"), rate > 0.05, fold == 1 {
                if isThrown { throw Diverged() }
                return .nan
            }
            return Self.score(.network, point, fold)
        }
        #expect(ending == .trials && log.trials.count == 60)
        let reason = isThrown ? "it diverged" : "the score of fold 2 of 5 is nan"
        let failed = log.trials.filter { $0.state == .failed(reason) }
        #expect(!failed.isEmpty && failed.allSatisfy { $0.scores.count == 1 && $0.score == nil })
        #expect(log.trials[0].state == .failed(reason))
        // It learns to keep away.
        #expect(log.trials.suffix(20).count { failed.contains($0) } <= 3)
        #expect(log.trials.best.map { failed.contains($0) } == false)
    }

    @Test func `gives up after ten failures in a row`() throws {
        struct Broken: Error, CustomStringConvertible { let description = "no data" }
        let folder = try TemporaryFolder()
        let search = try Self.search(.bowl)
        var log = try TrialLog(folder.log, of: search)
        var calls = 0
        let error = #expect(throws: SearchError.self) {
            _ = try search.run(log: &log, limits: Search.Limits(trials: 99)) { _, _ in
                calls += 1
                // Not in a row: the fifth trial succeeds.
                if (5 ..< 10).contains(calls) { return 1 }
                throw Broken()
            }
        }
        #expect(
            error?.description == "10 trials in a row failed, the last with: no data; "
                + "mend that, then go on with the same trial log"
        )
        #expect(log.trials.count == 4 + 1 + 10)
    }

    @Test func `cancelling forgets the trial under way`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search(.bowl)
        var log = try TrialLog(folder.log, of: search)
        var calls = 0
        #expect(throws: CancellationError.self) {
            _ = try search.run(log: &log, limits: Search.Limits(trials: 99)) { point, fold in
                calls += 1
                if calls == 8 { throw CancellationError() }
                return Self.score(.bowl, point, fold)
            }
        }
        #expect(log.trials.count == 1 && log.trials[0].scores.count == 5)
    }

    static func search(_ landscape: Landscape) throws -> Search {
        try Search(
            space: landscape.space,
            start: landscape.start,
            seed: 11,
            halving: SuccessiveHalving(folds: 5),
            fingerprint: [Search.Circumstance("landscape", "\(landscape)")]
        )
    }

    /// Each fold sees the landscape a little differently.
    static func score(_ landscape: Landscape, _ point: Point, _ fold: Int) -> Double {
        landscape.score(point) * (1 + 0.05 * Double((fold * 3) % 5 - 2))
    }

    @discardableResult
    static func run(
        _ search: Search,
        _ path: String,
        _ limits: Search.Limits,
        _ landscape: Landscape
    ) throws -> Search.Ending {
        var log = try TrialLog(path, of: search)
        var seconds = 0
        return try search.run(
            log: &log,
            limits: limits,
            clock: {
                seconds += 1
                return .seconds(seconds)
            },
            evaluate: { score(landscape, $0, $1) }
        )
    }
}
