import ChurnModel
import Evaluation
import Explanation
import Schema
import Testing

@Suite struct ScoreMovesTests {
    private let bank: BankModel
    private let old: ChurnModel
    private let new: ChurnModel

    init() throws {
        bank = try BankModel()
        old = try bank.model(columns: ["Age", "Balance", "IsActiveMember"], trees: 0)
        new = try bank.model(
            columns: ["Age", "Geography", "IsActiveMember"],
            trees: 10,
            calibration: .temperature(
                try TemperatureScaling(
                    labels: bank.labels,
                    probabilities: bank.labels.indices.map { Double($0 % 9) / 9 + 0.05 }
                )
            ),
            seed: 2
        )
    }

    @Test func `the parts add up from the old score to the new one`() throws {
        let moves = try ScoreMoves(from: old, to: new)
        let (before, after) = (bank.rows.selecting(0 ..< 5), bank.rows.selecting(5 ..< 10))
        let explained = moves.moves(from: before, to: after, threads: 2)
        #expect(explained == moves.moves(from: before, to: after))
        let was = try RowPredictor(old).predict(before)
        let now = try RowPredictor(new).predict(after)
        for (row, move) in explained.enumerated() {
            #expect(move.from == Double(was[row]) && move.to == Double(now[row]))
            let sum = move.points.reduce(move.from, +) + move.model + move.calibration
            #expect(abs(sum - move.to) <= 1e-12)
            #expect(move.model != 0 && move.calibration != 0)
        }
    }

    @Test func `the data's share is that of a game of three`() throws {
        let moves = try ScoreMoves(from: old, to: new)
        let (before, after) = (bank.rows.selecting([0]), bank.rows.selecting([7]))
        let move = moves.moves(from: before, to: after)[0]
        let models = [try RowPredictor(old), try RowPredictor(new)]
        let worths = (0 ..< 8).map { coalition in
            let rows = coalition & 1 == 0 ? before : after
            let raw = models[coalition >> 1 & 1].uncalibrated(rows)
            return Double(models[coalition >> 2 & 1].calibrated(raw)[0])
        }
        let values = shapley(players: 3, worths)
        #expect(abs(move.points.reduce(0, +) - values[0]) < 1e-12)
        #expect(abs(move.model - values[1]) < 1e-12)
        #expect(abs(move.calibration - values[2]) < 1e-12)
    }

    @Test func `one model and one changed column leave nothing to the rest`() throws {
        let moves = try ScoreMoves(from: new, to: new)
        let before = bank.rows.selecting([0])
        var values = before.values
        let age = try #require(bank.schema.features.firstIndex { $0.name == "Age" })
        values[age] += 20
        let move = moves.moves(from: before, to: CodedRows(width: before.width, values: values))[0]
        #expect(move.model == 0 && move.calibration == 0)
        #expect(move.points[age] != 0)
        #expect(move.points.indices.allSatisfy { $0 == age || move.points[$0] == 0 })
        let same = moves.moves(from: before, to: before)[0]
        #expect(same.from == same.to && same.points.allSatisfy { $0 == 0 })
    }

    @Test func `a column that one model lacks, and a level that one lacks, are of both`() throws {
        var schema = bank.schema
        schema.columns.removeAll { $0.name == "Tenure" }
        let place = try #require(schema.columns.firstIndex { $0.name == "Geography" })
        guard case .levels(let levels) = schema.columns[place].type else {
            Issue.record("Geography has levels")
            return
        }
        schema.columns[place].type = .levels(Array(levels.reversed().dropLast()))
        let fewer = ChurnModel(
            schema: schema,
            parts: old.parts,
            threshold: 0.3,
            costs: CampaignCosts()
        )
        let moves = try ScoreMoves(from: new, to: fewer)
        #expect(moves.columns.map(\.name).last == "Tenure")
        let joined = try #require(moves.columns.first { $0.name == "Geography" })
        #expect(joined.type == .levels(Array(levels.reversed())))
        let coded = try moves.coded(bank.rows.selecting([0]), of: new.schema)
        #expect(coded.width == moves.columns.count)
        var narrow = CodedRows(width: schema.features.count)
        narrow.append(
            schema.features.map { feature in
                feature.type.coding == .number ? 1 : 0
            }
        )
        let lacking = try moves.coded(narrow, of: schema)
        #expect(lacking[row: 0, column: moves.columns.count - 1].isNaN)
    }
}
