import Files
import Search
import TestSupport
import Testing

private let brokenLines: [(Int, String, String)] = [
    (2, "", "this is no trial as the search writes it"),
    (3, "{\"trial\":1", "this is no trial as the search writes it"),
    (2, TrialLogTests.line(1), "this is trial 1 where 0 must be"),
    (
        3, TrialLogTests.line(1, rate: "7"),
        "the point is not in the search space: rate is 7; it must be from 1e-05 to 1.0"
    ),
    (2, TrialLogTests.line(0, scores: "1"), "no trial with scores of 1 of 2 folds is complete"),
    (2, TrialLogTests.line(0, scores: "1,2,3"), "no trial with scores of 3 of 2 folds is complete"),
    (2, TrialLogTests.line(0, state: "pruned"), "no trial with scores of 2 of 2 folds is pruned"),
    (2, TrialLogTests.line(0, state: "failed"), "no trial with scores of 2 of 2 folds is failed"),
    (2, TrialLogTests.line(0, state: "done"), "the state done is none of the search's"),
    (2, TrialLogTests.line(0, scores: "1,1e999"), "this is no trial as the search writes it"),
    (2, TrialLogTests.line(0, seconds: "-1"), "a trial can't take -1.0 seconds"),
]

@Suite struct TrialLogTests {
    @Test func `is readable and goes on where it ended`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search()
        try Self.run(search, folder.log, trials: 3)
        let lines = try Self.lines(folder.log)
        #expect(
            lines[0] == #"{"format":"retain trials 1","seed":7,"folds":2,"factor":3,"grace":5,"#
                + #""space":[{"name":"rate","real":[1e-05,1.0],"log":true},"#
                + #"{"name":"layers","integer":[1,3],"log":false},"#
                + #"{"name":"unit","choice":["relu","tanh"]}],"#
                + #""start":{"rate":0.006,"layers":1,"unit":"relu"},"#
                + #""fingerprint":{"data":"sha256:1","settings":"sha256:2"}}"#
        )
        #expect(
            lines[1] == #"{"trial":0,"point":{"rate":0.006,"layers":1,"unit":"relu"},"#
                + #""scores":[0.006,1.006],"state":"complete","seconds":0.25}"#
        )
        #expect(lines.count == 4)
        let log = try TrialLog(folder.log, of: search)
        #expect(log.trials.count == 3 && log.seconds == 0.75 && log.path == folder.log)
        #expect(log.trials.map(\.number) == [0, 1, 2])
        #expect(log.trials[0].score == 0.506)
    }

    @Test func `every state survives`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search()
        var log = try TrialLog(folder.log, of: search)
        struct Odd: Error, CustomStringConvertible {
            let description = "a \"quoted\"\nline \u{1F600}"
        }
        _ = try search.run(log: &log, limits: Search.Limits(trials: 12)) { point, fold in
            if point.integer("layers") == 2 { throw Odd() }
            return (point.real("rate") ?? 0) + Double(fold) / 3
        }
        let trials = log.trials
        _ = consume log
        #expect(try TrialLog(folder.log, of: search).trials == trials)
        #expect(trials.contains { $0.state == .failed("a \"quoted\" line \u{1F600}") })
        #expect(trials.contains { $0.state == .complete })
        #expect(trials.contains { $0.state == .pruned })
    }

    @Test func `drops a half line wherever it was cut`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search()
        try Self.run(search, folder.log, trials: 2)
        let whole = try BlockReader.contents(of: folder.log)
        let lines = try Self.lines(folder.log)
        for count in 0 ... whole.count {
            let path = folder.path + "/cut-\(count)"
            try AtomicFile.write(Array(whole.prefix(count)), to: path)
            let full = whole.prefix(count).count { $0 == UInt8(ascii: "\n") }
            #expect(try TrialLog(path, of: search).trials.count == max(0, full - 1))
            #expect(try Self.lines(path) == Array(lines.prefix(max(1, full))))
        }
    }

    @Test(
        arguments: [
            (try Self.search(seed: 8), "its seed is 7, not 8"),
            (try Self.search(folds: 3), "its number of folds is 2, not 3"),
            (try Self.search(grace: 1), "its grace is 5, not 1"),
            (try Self.search(data: "sha256:9"), "its data is sha256:1, not sha256:9"),
            (try Self.search(highest: 0.5), "it searches another space"),
            (try Self.search(start: 0.01), "it started at another point"),
        ]
    )
    func `refuses the log of another search and says what differs`(
        search: Search,
        difference: String
    ) throws {
        let folder = try TemporaryFolder()
        try Self.run(try Self.search(), folder.log, trials: 1)
        let before = try BlockReader.contents(of: folder.log)
        let error = #expect(throws: TrialLogError.self) { _ = try TrialLog(folder.log, of: search) }
        #expect(
            error?.description
                == "\(folder.log):1: this is the log of another search: \(difference); "
                + "choose another name, or remove it to search anew"
        )
        #expect(try BlockReader.contents(of: folder.log) == before)
    }

    @Test(
        arguments: brokenLines
    )
    func `names the line that is broken`(number: Int, line: String, problem: String) throws {
        let folder = try TemporaryFolder()
        let search = try Self.search()
        try Self.run(search, folder.log, trials: 3)
        var lines = try Self.lines(folder.log)
        lines[number - 1] = line
        try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: folder.log)
        let before = try BlockReader.contents(of: folder.log)
        let error = #expect(throws: TrialLogError.self) { _ = try TrialLog(folder.log, of: search) }
        #expect(
            error?.description == "\(folder.log):\(number): \(problem); "
                + "remove this line and those behind it to go on from there"
        )
        #expect(try BlockReader.contents(of: folder.log) == before)
    }

    @Test(
        arguments: ["important", "important\n", "{}\n", "{\"format\":\"x\"}\nmore\n", "\n"]
    )
    func `leaves other files alone`(content: String) throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write(Array(content.utf8), to: folder.log)
        let search = try Self.search()
        let error = #expect(throws: TrialLogError.self) { _ = try TrialLog(folder.log, of: search) }
        #expect(
            error?.description
                == "\(folder.log): this is no trial log; choose another name or remove it"
        )
        #expect(try BlockReader.contents(of: folder.log) == Array(content.utf8))
    }

    @Test func `is for one process at a time`() throws {
        let folder = try TemporaryFolder()
        let search = try Self.search()
        let log = try TrialLog(folder.log, of: search)
        #expect(throws: FileError.self) { _ = try TrialLog(folder.log, of: search) }
        _ = consume log
    }

    static func search(
        seed: UInt64 = 7,
        folds: Int = 2,
        grace: Int = 5,
        data: String = "sha256:1",
        highest: Double = 1,
        start: Double = 0.006
    ) throws -> Search {
        try Search(
            space: SearchSpace([
                .real("rate", 1e-5 ... highest, log: true), .integer("layers", 1 ... 3),
                .choice("unit", ["relu", "tanh"]),
            ]),
            start: ["rate": .real(start), "layers": 1, "unit": "relu"],
            seed: seed,
            halving: SuccessiveHalving(folds: folds, grace: grace),
            fingerprint: [
                Search.Circumstance("data", data), Search.Circumstance("settings", "sha256:2"),
            ]
        )
    }

    static func run(_ search: Search, _ path: String, trials: Int) throws {
        var log = try TrialLog(path, of: search)
        var milliseconds = 0
        _ = try search.run(
            log: &log,
            limits: Search.Limits(trials: trials),
            clock: {
                milliseconds += 250
                return .milliseconds(milliseconds)
            },
            evaluate: { point, fold in (point.real("rate") ?? 0) + Double(fold) }
        )
    }

    static func line(
        _ number: Int,
        rate: String = "0.5",
        scores: String = "1,2",
        state: String = "complete",
        seconds: String = "1"
    ) -> String {
        "{\"trial\":\(number),\"point\":{\"rate\":\(rate),\"layers\":1,\"unit\":\"relu\"},"
            + "\"scores\":[\(scores)],\"state\":\"\(state)\",\"seconds\":\(seconds)}"
    }

    static func lines(_ path: String) throws -> [String] {
        let text = String(decoding: try BlockReader.contents(of: path), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
            String.init
        )
    }
}
