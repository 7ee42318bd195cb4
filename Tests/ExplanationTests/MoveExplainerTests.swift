import ChurnModel
import Explanation
import Schema
import Testing
import Texts

@Suite struct MoveExplainerTests {
    private let bank: BankModel
    private let model: ChurnModel
    private let explainer: MoveExplainer
    private let before: CodedRows
    private let after: CodedRows

    init() throws {
        bank = try BankModel()
        model = try bank.model()
        explainer = try MoveExplainer(from: model, to: model)
        before = bank.rows.selecting(0 ..< 3)
        after = bank.rows.selecting(3 ..< 6)
    }

    /// What a move adds up to.
    private func sum(_ move: ToldMove) -> Double {
        move.changes.reduce(move.from) { $0 + $1.points } + (move.others ?? 0) + move.model
            + move.calibration
    }

    @Test func `from and all points are what the model says of both rows`() throws {
        let scores = try RowPredictor(model).predict(before.appending(after))
        let moves = try explainer.moves(from: before, to: after, threads: 2)
        #expect(try explainer.moves(from: before, to: after) == moves)
        for (row, move) in moves.enumerated() {
            #expect(abs(move.from - Double(scores[row])) < 1e-7)
            #expect(abs(move.to - Double(scores[row + 3])) < 1e-7)
            #expect(abs(sum(move) - move.to) < 1e-12)
            #expect(!move.changes.isEmpty && move.model == 0 && move.calibration == 0)
        }
    }

    @Test func `what is not known counts as it is now where the score agrees`() throws {
        // Only the first column changed.
        var old = Array(after[row: 0])
        old[0] += 40
        let then = CodedRows(width: old.count, values: old)
        let probability = Double(try RowPredictor(model).predict(then)[0])
        let whole = try explainer.moves(from: then, to: after.selecting([0]))[0]
        var known = old.map(Optional.some)
        for place in 1 ..< known.count { known[place] = nil }
        let now = Array(after[row: 0])
        #expect(try explainer.move(from: known, of: probability, to: now) == whole)
        #expect(try explainer.move(from: old, of: probability, to: now) == whole)
        // With another score something else must have changed.
        #expect(try explainer.move(from: known, of: probability + 0.01, to: now) == nil)
    }

    @Test func `findings say the same to programs and people`() throws {
        let move = try explainer.moves(from: before, to: after)[0]
        let told = MoveFinding.told(move, by: explainer, since: Day(number: 20_000))
        let plain = explainer.sentence(move, count: 2, .english)
        let sentence = told.sentence(count: 2, .english)
        #expect(plain.hasPrefix("From ") && sentence.hasPrefix("Since 2024-10-04 from "))
        #expect(sentence.hasSuffix(plain.dropFirst("From ".count)))
        #expect(told.sentence(count: 2, .portuguese).hasPrefix("Desde 2024-10-04 de "))
        func json(_ finding: MoveFinding) -> String {
            var json: [UInt8] = []
            finding.appendMembers(count: 2, .english, to: &json)
            return String(decoding: json, as: UTF8.self)
        }
        #expect(json(told).hasPrefix("\"move\":{\"from\":"))
        #expect(json(told).contains(",\"since\":\"2024-10-04\",\"sentence\":\"Since "))
        #expect(!json(.told(move, by: explainer, since: nil)).contains("since"))
        #expect(json(.untold(.nameless)).hasPrefix("\"move\":null,\"move_note\":\"Why the score"))
    }

    @Test(arguments: [
        UntoldMove.unknown, .nameless, .secret(identifier: "Id"),
        .otherModel(label: "churn/2", day: Day(number: 20_000)), .unkept(day: Day(number: 20_000)),
        .broken(day: Day(number: 20_000)),
    ])
    func `what can't be told has a reason in both languages`(why: UntoldMove) {
        let english = why.sentence(.english)
        let portuguese = why.sentence(.portuguese)
        #expect(english.hasPrefix("Why the score moved") && english.hasSuffix("."))
        #expect(portuguese.hasPrefix("Não se ") && portuguese.hasSuffix("."))
        if case .otherModel = why {
            #expect(english.contains("churn/2") && english.contains("2024-10-04"))
        }
    }
}
