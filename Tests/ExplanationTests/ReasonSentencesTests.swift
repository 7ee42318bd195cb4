import Drift
import Explanation
import Kernels
import Schema
import Testing
import Texts

@Suite struct ReasonSentencesTests {
    private func told(
        _ points: [Double],
        base: Double = 0.2,
        row: [Double] = [58, 2, 1, 0],
        count: Int = 3,
        rules: ReasonRules = ReasonRules(),
        _ language: Language = .english
    ) throws -> [String] {
        let small = try SmallModel(rules: rules)
        let teller = ReasonTeller(small.model, small.reference)
        let explanation = Explanation(
            probability: base + points.reduce(0, +),
            base: base,
            points: points
        )
        return teller.sentences(teller.reasons(explanation, row: row), count: count, language)
            .map { $0.replacing("\u{A0}", with: " ") }
    }

    @Test func `a score is told in both languages`() throws {
        let points = [0.18, -0.06, 0.18, 0.04]
        let english = try told(points)
        #expect(english[0] == "Score 54 %: 34 points above the average of 20 %.")
        #expect(
            english[1] == "+18 points: age is 58 (higher than \(try standing(58)) of customers)."
        )
        #expect(english[2] == "+18 points: plan is family.")
        #expect(english[3].hasPrefix("−6 points: products is 2 ("))
        #expect(english[4] == "+4 points: all other columns." && english.count == 5)
        let portuguese = try told(points, .portuguese)
        #expect(portuguese[0] == "Escore de 54 %: 34 pontos acima da média de 20 %.")
        #expect(portuguese[1].hasPrefix("+18 pontos: age é 58 (maior que o de "))
        #expect(portuguese[2] == "+18 pontos: plan é family.")
        #expect(portuguese[4] == "+4 pontos: todas as outras colunas.")
        #expect(try told([0, 0, 0, 0]) == ["Score 20 %: the average is 20 %, too."])
        #expect(
            try told([-0.01, 0, 0, 0], row: [.nan, 2, 1, 0]) == [
                "Score 19 %: 1 point below the average of 20 %.", "−1 point: age is empty.",
            ]
        )
        #expect(try told([0, 0, 0, 0.3], .portuguese).contains("+30 pontos: active é não."))
        #expect(
            try told([0, 0, 0.3, 0], row: [58, 2, -2, 0])[1]
                .hasSuffix("plan is a level that training did not list.")
        )
    }

    private func standing(_ age: Double) throws -> String {
        let small = try SmallModel()
        let below = (0 ..< small.rows.count).count { small.rows[row: $0, column: 0] < age }
        return "\(100 * below / small.rows.count) %"
    }

    @Test func `hidden and personal columns are told together`() throws {
        let lines = try told(
            [0.18, -0.06, 0.18, 0.04],
            rules: ReasonRules(hidden: ["age", "plan"])
        )
        #expect(
            lines.dropFirst(2) == ["+4 points: active is no.", "+36 points: all other columns."]
        )
        #expect(lines[1].hasPrefix("−6 points: products is 2"))
    }

    @Test func `columns with fewer points than the least are told together`() throws {
        #expect(try told([0.049, 0.051, 0, 0], rules: ReasonRules(leastPoints: 5)).count == 3)
        #expect(try told([0.004, 0.004, 0.004, 0.004]).count == 2)
    }

    @Test func `third and fourth within half a point are called equal`() throws {
        let near = try told([0.20, 0.10, 0.052, -0.0475])
        #expect(
            near.last == "active counts as much as plan: less than half a point lies between them."
        )
        #expect(try told([0.20, 0.10, 0.052, 0.0465]).allSatisfy { !$0.contains("as much as") })
        #expect(try told([0.20, 0.10, 0.052, 0.052], count: 4).allSatisfy { !$0.contains("much") })
    }

    @Test(arguments: 0 ..< 40)
    func `whole points add up, and none is off by a point`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let small = try SmallModel()
        let teller = ReasonTeller(small.model, small.reference)
        for _ in 0 ..< 50 {
            let points = (0 ..< 4).map { _ in (Double(generator.below(2_001)) - 1_000) / 4_003 }
            let base = Double(generator.below(1_000)) / 1_000
            let reasons = teller.reasons(
                Explanation(probability: base + points.reduce(0, +), base: base, points: points),
                row: [40, 1, 0, 1]
            )
            for count in 0 ... 4 {
                let told = teller.told(reasons, count: count)
                let score = ReasonTeller.whole(reasons.probability)
                let average = ReasonTeller.whole(reasons.base)
                #expect(average + told.points.reduce(0, +) + told.others == score)
                #expect(told.points.count <= count && !told.points.contains(0))
                for (reason, whole) in zip(told.reasons, told.points) {
                    #expect(abs(100 * reason.points - Double(whole)) < 1)
                    #expect(100 * reason.points.magnitude >= 0.5)
                }
            }
        }
    }

    @Test func `a value that many have is told so`() throws {
        let sample = [0.0, 0, 0, 1, 2]
        func told(_ value: Double, _ language: Language) throws -> String {
            let standing = Standing(of: value, in: try OrderedSample(sample, role: .reference))
            return ReasonTeller.told(standing, language).replacing("\u{A0}", with: " ")
        }
        #expect(try told(0, .english) == "as 60 % of customers have it")
        #expect(try told(0, .portuguese) == "como 60 % dos clientes")
        #expect(try told(1, .english) == "higher than 60 % of customers")
        #expect(try told(0.5, .portuguese) == "maior que o de 60 % dos clientes")
        #expect(try told(-1, .english) == "lower than in all training rows")
    }

    @Test(arguments: [
        (5.0, "lower than in all training rows"), (200.0, "higher than in all training rows"),
    ])
    func `what lies beyond all customers is told so`(age: Double, words: String) throws {
        #expect(try told([0.2, 0, 0, 0], row: [age, 2, 1, 0])[1].contains(words))
    }

    /// Every sentence that can be told, by every way to tell it.
    private func allSentences() throws -> [String] {
        var all: [String] = []
        for language in Language.allCases {
            all += [
                ReasonTeller.disclaimer(language), LeverSearch.promise(language),
                ReasonTeller.nearness(0.001, of: 64, language),
            ]
            for row in [[58, 2, 1, 0], [.nan, .nan, -1, 1], [5, 9, 0, 0], [200, 2, -2, 1]] {
                for points in [[0.2, -0.1, 0.052, -0.05], [0, 0, 0, 0], [-0.05, 0, 0, 0]] {
                    all += try told(points, row: row, language)
                }
            }
            let date = ColumnSchema(name: "joined", role: .feature, type: .date(.iso))
            for days in [412.0, 1, -3, -1] {
                all.append(ColumnValue(date, days, "P1D", language).sentence)
            }
            let cycle = ColumnSchema(
                name: "month",
                role: .feature,
                type: .cycle(.monthSine, of: "joined", .iso)
            )
            all.append(ColumnValue(cycle, 0.5, "", language).sentence)
            let small = try SmallModel()
            let search = try LeverSearch(
                small.model,
                small.reference,
                levers: [Lever("active", .listed(["1"]), cost: 2.5)]
            )
            for outcome in LeverFinding.Outcome.allCases {
                for combinations in [0, 1, 12] {
                    let change = LeverChange(
                        column: "active",
                        from: "0",
                        to: "1",
                        isRare: true,
                        place: 3,
                        coded: 1
                    )
                    let finding = LeverFinding(
                        probability: 0.54,
                        target: 0.16,
                        combinations: combinations,
                        outcome: outcome,
                        best: LeverCombination(probability: 0.31, cost: 2.5, changes: [change])
                    )
                    all += search.sentences(finding, language)
                }
            }
        }
        return all
    }

    @Test func `no sentence speaks of a cause`() throws {
        let words = [
            "because", "due to", "cause", "reason for", "porque", "por causa", "devido", "causa",
            "motivo",
        ]
        let all = try allSentences()
        #expect(all.count > 100)
        for sentence in all {
            for word in words { #expect(!sentence.lowercased().contains(word), "\(sentence)") }
            #expect(!sentence.contains("nan") && !sentence.contains("inf"), "\(sentence)")
        }
    }

    @Test func `the proof names what no combination gets below`() throws {
        let small = try SmallModel()
        let search = try LeverSearch(
            small.model,
            small.reference,
            levers: [Lever("active", .listed(["1"]))],
            target: 0.16
        )
        func told(_ lowest: Double, _ language: Language) -> String {
            let finding = LeverFinding(
                probability: 0.54,
                target: 0.16,
                combinations: 12,
                outcome: .lowest,
                best: LeverCombination(probability: lowest, cost: 0, changes: [])
            )
            return search.sentences(finding, language)[0].replacing("\u{A0}", with: " ")
        }
        // Rounded down, so that it is true.
        #expect(
            told(0.319, .english)
                == "None of the 12 allowed combinations lowers the score below 31 %, and the target is 16 %."
        )
        #expect(
            told(0.319, .portuguese)
                == "Nenhuma das 12 combinações permitidas reduz o escore abaixo de 31 %, e a meta é 16 %."
        )
    }

    @Test(arguments: [
        (58.0, "58", "58"), (1234.5, "1234.5", "1234,5"), (112_542.58, "112,542.58", "112.542,58"),
        (-0.25, "−0.25", "−0,25"), (0, "0", "0"),
    ])
    func `numbers are told in the form of the language`(
        value: Double,
        english: String,
        portuguese: String
    ) {
        let column = ColumnSchema(
            name: "x",
            role: .feature,
            type: .number(minimum: nil, maximum: nil)
        )
        #expect(ColumnValue(column, value, "", .english).short == english)
        #expect(ColumnValue(column, value, "", .portuguese).short == portuguese)
    }
}
