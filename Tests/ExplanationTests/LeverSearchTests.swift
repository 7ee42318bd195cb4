import ChurnModel
import Explanation
import Kernels
import Output
import Schema
import Testing
import Texts

@Suite struct LeverSearchTests {
    private static let levers = [
        Lever("products", .range(minimum: 1, maximum: 4, step: 1), direction: .up, cost: 8),
        Lever(
            "plan",
            .listed(["basic", "pro"]),
            cost: 5,
            requirements: [.init("products", minimum: 2)]
        ), Lever("active", .listed(["1"]), cost: 3),
    ]

    /// A combination as brute force finds it.
    private struct Found: Equatable {
        var probability: Double
        var cost: Double
        var values: [Double]
    }

    /// All rows that the levers above allow, by plain loops over the values.
    private func allowed(_ row: [Double], _ model: ChurnModel) throws -> [Found] {
        var found: [Found] = []
        for products in 0 ... 9 {
            for plan in 0 ... 2 {
                for active in 0 ... 1 {
                    let changed = [row[0], Double(products), Double(plan), Double(active)]
                    if changed == row { continue }
                    let added = changed[1] - row[1]
                    if added < 0 || added > 0 && products > 4 { continue }
                    if changed[2] != row[2] && (plan == 1 || products < 2) { continue }
                    if changed[3] < row[3] { continue }
                    var rows = CodedRows(width: 4)
                    rows.append(changed)
                    let cost =
                        8 * added + (changed[2] != row[2] ? 5 : 0) + (changed[3] != row[3] ? 3 : 0)
                    let probability = Double(try RowPredictor(model).predict(rows)[0])
                    found.append(Found(probability: probability, cost: cost, values: changed))
                }
            }
        }
        return found
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [0.3, 0.45, 0.5, 0.55])
    func `brute force finds nothing better`(seed: UInt64, target: Double) throws {
        let small = try SmallModel(seed: seed)
        let search = try LeverSearch(
            small.model,
            small.reference,
            levers: Self.levers,
            target: target
        )
        for row in 0 ..< 60 {
            let values = Array(small.rows[row: row])
            let finding = search.find(values)
            let all = try allowed(values, small.model)
            #expect(finding.combinations == all.count)
            let least = all.map(\.probability).min() ?? 1
            let below = all.filter { $0.probability < target }
            switch finding.outcome {
            case .belowAlready: #expect(finding.probability < target && finding.best == nil)
            case .reached:
                #expect(finding.best?.cost == below.map(\.cost).min())
                #expect((finding.best?.probability ?? 1) < target)
                #expect(finding.probability >= target)
            case .lowest:
                #expect(below.isEmpty && finding.best?.probability == least)
                #expect(least < finding.probability)
            case .none: #expect(least >= finding.probability && finding.best == nil)
            case .tooMany: Issue.record("there are few")
            }
            guard let best = finding.best else { continue }
            var changed = values
            for change in best.changes { changed[change.place] = change.coded }
            let same = all.first { $0.values == changed }
            #expect(same?.probability == best.probability && same?.cost == best.cost)
        }
    }

    @Test func `all outcomes occur, and each is told in both languages`() throws {
        var seen: Set<LeverFinding.Outcome> = []
        for seed in 1 ... 6 as ClosedRange<UInt64> {
            let small = try SmallModel(seed: seed)
            for target in [0.2, 0.45, 0.55] {
                let search = try LeverSearch(
                    small.model,
                    small.reference,
                    levers: Self.levers,
                    target: target
                )
                for row in 0 ..< 40 {
                    let finding = search.find(Array(small.rows[row: row]))
                    seen.insert(finding.outcome)
                    let english = search.sentences(finding, .english)
                    let portuguese = search.sentences(finding, .portuguese)
                    #expect(!english.isEmpty && english.count == portuguese.count)
                    // Whoever is told of a score that might be is told that it is no promise.
                    #expect(
                        english.contains { $0.contains("would be") }
                            == english.contains { $0.contains("no promise") }
                    )
                    #expect(
                        portuguese.contains { $0.contains("seria") }
                            == portuguese.contains { $0.contains("Não é promessa") }
                    )
                }
            }
        }
        #expect(seen.isSuperset(of: [.belowAlready, .reached, .lowest, .none]))
    }

    @Test func `the same on any number of threads`() throws {
        let small = try SmallModel(seed: 2)
        let levers = [
            Lever("age", .range(minimum: 0, maximum: 200, step: 0.25), direction: .up),
            Lever("products", .range(minimum: 0, maximum: 9, step: 1)),
            Lever("active", .listed(["0", "1"])),
        ]
        for target in [0.0, 0.4] {
            let search = try LeverSearch(
                small.model,
                small.reference,
                levers: levers,
                target: target
            )
            for row in 0 ..< 3 {
                let values = Array(small.rows[row: row])
                let one = search.find(values, threads: 1)
                #expect(one.combinations > 4_000)
                #expect(one == search.find(values, threads: 4))
            }
        }
    }

    @Test func `ties go to the lower cost, then fewer changes, then the earlier column`() throws {
        // A model that does not care: all scores are one, and none is lower than it is.
        let small = try SmallModel(seed: 3)
        let free = [
            Lever("products", .range(minimum: 1, maximum: 3, step: 1)),
            Lever("plan", .listed(["basic", "family", "pro"])),
        ]
        let search = try LeverSearch(small.model, small.reference, levers: free, target: 1)
        let finding = search.find(Array(small.rows[row: 0]))
        #expect(finding.outcome == .belowAlready)
        // Nothing costs anything, so that one change of the first column that does is best.
        for row in 0 ..< 40 {
            let values = Array(small.rows[row: row])
            let own = search.find(values).probability
            let target = own.nextDown.nextUp
            let found = try LeverSearch(
                small.model,
                small.reference,
                levers: free,
                target: target
            )
            .find(values)
            guard let best = found.best, found.outcome == .reached else { continue }
            let lower = try allowedSingles(values, small.model).filter { $0.1 < target }
            if let first = lower.first {
                #expect(best.changes.count == 1 && best.changes[0].column == first.0)
            } else {
                #expect(best.changes.count == 2)
            }
        }
    }

    /// The changes of one column, the first column first.
    private func allowedSingles(_ row: [Double], _ model: ChurnModel) throws -> [(String, Double)] {
        var found: [(String, Double)] = []
        for (place, name, values) in [(1, "products", [1.0, 2, 3]), (2, "plan", [0.0, 1, 2])] {
            for value in values where value != row[place] {
                var changed = row
                changed[place] = value
                var rows = CodedRows(width: 4)
                rows.append(changed)
                found.append((name, Double(try RowPredictor(model).predict(rows)[0])))
            }
        }
        return found
    }

    @Test func `a number that is not known stays, and one beyond the bounds may come back`() throws
    {
        let small = try SmallModel()
        let lever = Lever("products", .range(minimum: 2, maximum: 3, step: 1), direction: .up)
        let features = small.model.schema.features
        func values(_ own: Double) -> [Double] {
            LeverGrid([lever], [40, own, 0, 0], features).axes[0].values
        }
        #expect(values(0) == [0, 2, 3] && values(3) == [3] && values(7) == [7])
        #expect(values(.nan).count == 1)
        let tenths = Lever("products", .range(minimum: 0, maximum: 0.3, step: 0.1))
        let grid = LeverGrid([tenths], [40, 0.1, 0, 0], features)
        #expect(grid.axes[0].values == [0.1, 0, 0.2, 0.3])
        let ladder = Lever("plan", .listed(["basic", "family", "pro"]), direction: .down, cost: 2)
        let axis = LeverGrid([ladder], [40, 1, 2, 0], features).axes[0]
        #expect(axis.values == [2, 1, 0] && axis.costs == [0, 2, 4])
        let unlisted = LeverGrid([ladder], [40, 1, -1, 0], features).axes[0]
        #expect(unlisted.values == [-1])
    }

    @Test func `too many combinations are counted and not tried`() throws {
        let small = try SmallModel()
        let levers = [
            // One step too many for all bounds, since this customer's own number lies outside them.
            Lever("age", .range(minimum: 1, maximum: 65_536, step: 1))
        ]
        let search = try LeverSearch(small.model, small.reference, levers: levers, target: 0)
        let finding = search.find([0, 1, 0, 0])
        #expect(finding.outcome == .tooMany && finding.combinations == 65_536)
        #expect(search.sentences(finding, .english)[0].contains("65,536"))
    }

    @Test(arguments: [
        (Lever("height", .range(minimum: 1, maximum: 2, step: 1)), "levers.height: \"height\""),
        (Lever("age", .range(minimum: 1, maximum: nil, step: 1)), "upper bound"),
        (Lever("plan", .listed([])), "needs at least one level"),
        (Lever("active", .listed(["1"]), cost: -1), "levers.active: cost -1 must be from 0"),
        (Lever("age", .range(minimum: 0, maximum: 1e9, step: 1)), "1,000,000,001 combinations"),
    ])
    func `what does not fit the model is refused`(lever: Lever, reason: String) throws {
        let small = try SmallModel()
        let error = #expect(throws: LeverFault.self) {
            try LeverSearch(small.model, small.reference, levers: [lever])
        }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.exitStatus == .badData)
    }

    @Test func `values that training hardly saw are warned of`() throws {
        let small = try SmallModel()
        let levers = [
            Lever("products", .range(minimum: 1, maximum: 4, step: 1), direction: .up),
            Lever("active", .listed(["1"])),
        ]
        let search = try LeverSearch(small.model, small.reference, levers: levers, target: 0)
        #expect(search.warnings.count == 1)
        #expect(search.warnings[0].contains("\"products\" reaches 4, outside the 1 to 3"))
        for row in 0 ..< 40 {
            for change in search.find(Array(small.rows[row: row])).best?.changes ?? [] {
                #expect(change.isRare == (change.to == "4"))
            }
        }
    }
}
