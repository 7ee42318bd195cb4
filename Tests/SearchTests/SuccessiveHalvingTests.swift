import Search
import Testing

@Suite struct SuccessiveHalvingTests {
    @Test(arguments: [
        (1, 3, []), (2, 3, [1]), (3, 3, [1]), (4, 3, [1, 3]), (5, 3, [1, 3]), (10, 3, [1, 3, 9]),
        (9, 2, [1, 2, 4, 8]),
    ])
    func `rungs lie a factor apart`(folds: Int, factor: Int, expected: [Int]) {
        #expect(SuccessiveHalving(folds: folds, factor: factor).rungs == expected)
    }

    @Test(
        arguments: [
            // Among 1, 2, 3, 4, 5 and itself two places are free.
            ([0.5], true), ([1], true), ([1.5], true), ([2], true), ([2.5], false), ([9], false),
        ]
    )
    func `lets the best third on, of equals all`(scores: [Double], expected: Bool) {
        let history = (1 ... 5).map { Trial($0 - 1, scores: [Double($0)], folds: 5) }
        let rule = SuccessiveHalving(folds: 5)
        #expect(rule.goesOn(scores, after: history) == expected)
    }

    @Test func `the first to reach a rung go on`() {
        let rule = SuccessiveHalving(folds: 5, grace: 3)
        var history = [Trial(0, scores: [1], folds: 5), Trial(1, scores: [2], folds: 5)]
        #expect(rule.goesOn([99], after: []))
        #expect(rule.goesOn([99], after: history))
        // A failed trial came nowhere.
        history.append(
            Trial(number: 2, point: [:], scores: [3, 3], state: .failed("no"), seconds: 0)
        )
        #expect(rule.goesOn([99], after: history))
        history.append(Trial(3, scores: [3], folds: 5))
        #expect(!rule.goesOn([99], after: history))
        // Nobody has done three folds yet.
        #expect(rule.goesOn([99, 99, 99], after: history))
    }

    @Test func `compares the mean over the same folds`() {
        let rule = SuccessiveHalving(folds: 5, grace: 2)
        // Means of the first three folds are 2 and 3; later folds do not count.
        let history = [
            Trial(0, scores: [1, 2, 3, 90, 90], folds: 5), Trial(1, scores: [3, 3, 3], folds: 5),
            Trial(2, scores: [0], folds: 5),
        ]
        #expect(rule.goesOn([5, 0.5, 0.4], after: history))
        #expect(!rule.goesOn([1, 1, 5], after: history))
        #expect(!rule.goesOn([1], after: history) && rule.goesOn([0], after: history))
    }

    @Test func `asks only at the rungs`() {
        let rule = SuccessiveHalving(folds: 5, grace: 0)
        let history = (0 ..< 9).map { Trial($0, scores: [0, 0, 0, 0, 0], folds: 5) }
        let goesOn = (1 ... 5).map { folds in
            rule.goesOn([Double](repeating: 9, count: folds), after: history)
        }
        #expect(goesOn == [false, true, false, true, true])
        #expect(rule.goesOn([9], after: []))
        #expect(rule.goesOn([], after: history))
    }
}
