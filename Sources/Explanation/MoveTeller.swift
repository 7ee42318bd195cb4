public import ChurnModel
import Output
public import Schema
public import Texts

/// Why one customer's score moved, as people and programs may be told it.
///
/// `from`, the points of `changes`, `others`, `model` and `calibration` add up to `to`.
public struct ToldMove: Equatable, Sendable {
    /// The score before.
    public let from: Double
    /// The score after.
    public let to: Double
    /// What each changed column adds that may be named, the greatest first; of equals the earlier column.
    public let changes: [ColumnChange]
    /// What the changed columns add together that may not be named; nil where there are none.
    public let others: Double?
    /// What the new networks and trees add.
    public let model: Double
    /// What the new calibration adds.
    public let calibration: Double
}

/// What the change of one column adds to a move.
public struct ColumnChange: Equatable, Sendable {
    /// The column's name.
    public let column: String
    /// The value before, as a file has it; empty for none.
    public let from: String
    /// The value after.
    public let to: String
    /// As probability.
    public let points: Double
    /// The column's place among those of the moves.
    let place: Int
    /// Both values as models read them.
    let coded: (from: Double, to: Double)

    /// Values by their bits, so that an empty number is like another.
    public static func == (one: ColumnChange, other: ColumnChange) -> Bool {
        one.column == other.column && one.from == other.from && one.to == other.to
            && one.points == other.points
    }
}

/// Turns moved scores into what people and programs are told.
///
/// ```swift
/// let moves = try ScoreMoves(from: model, to: model)
/// let teller = MoveTeller(moves, model)
/// let rows = try moves.coded(coded, of: schema)
/// let move = moves.moves(from: rows, to: rows)[0]
/// print(teller.sentence(teller.told(move, from: Array(rows[row: 0]), to: Array(rows[row: 0])), count: 3, .english))
/// ```
public struct MoveTeller: Sendable {
    private let columns: [ColumnSchema]
    private let isNamed: [Bool]
    private let unlisted: [String]

    /// Prepares moves.
    ///
    /// - Parameters:
    ///   - moves: Has the columns.
    ///   - model: The new model, which has the rules.
    public init(_ moves: ScoreMoves, _ model: ChurnModel) {
        columns = moves.columns
        isNamed = moves.columns.map(model.reasons.mayName)
        unlisted = moves.columns.map(model.schema.unlistedText)
    }

    /// What may be told of a move.
    ///
    /// - Parameters:
    ///   - move: Of the moves' columns.
    ///   - before: The customer's coded values of these columns as they were.
    ///   - after: As they are.
    /// - Returns: Changed columns alone.
    /// - Complexity: O(columns log columns).
    public func told(_ move: ScoreMove, from before: [Double], to after: [Double]) -> ToldMove {
        let changed = columns.indices.filter {
            before[$0].bitPattern != after[$0].bitPattern && move.points[$0] != 0
        }
        let ranked = changed.filter { isNamed[$0] }
            .sorted { one, other in
                let (left, right) = (move.points[one].magnitude, move.points[other].magnitude)
                return left != right ? left > right : one < other
            }
        let hidden = changed.filter { !isNamed[$0] }
        return ToldMove(
            from: move.from,
            to: move.to,
            changes: ranked.map { place in
                ColumnChange(
                    column: columns[place].name,
                    from: text(of: before[place], at: place),
                    to: text(of: after[place], at: place),
                    points: move.points[place],
                    place: place,
                    coded: (before[place], after[place])
                )
            },
            others: hidden.isEmpty ? nil : hidden.reduce(0) { $0 + move.points[$1] },
            model: move.model,
            calibration: move.calibration
        )
    }

    private func text(of value: Double, at place: Int) -> String {
        let column = columns[place]
        guard let coding = column.type.coding, !coding.isNull(value) else { return "" }
        guard coding == .number || value >= 0 else { return unlisted[place] }
        return column.format?.text(of: value) ?? column.type.text(of: value)
    }

    /// Why a score moved, in one sentence with whole points that add up.
    ///
    /// - Parameters:
    ///   - move: What may be told.
    ///   - count: How many columns are named at most.
    ///   - language: In which it is told.
    ///   - since: The day from which it moved, where that is known.
    /// - Returns: The sentence.
    /// - Complexity: O(columns log columns).
    public func sentence(
        _ move: ToldMove,
        count: Int,
        _ language: Language,
        since: Day? = nil
    ) -> String {
        let (from, to) = (ReasonTeller.whole(move.from), ReasonTeller.whole(move.to))
        let named = Array(move.changes.prefix(max(0, count)))
        let known = (named.map(\.points) + [move.model, move.calibration]).map { 100 * $0 }
        // The rest is what makes the whole, so that it takes up errors of rounding.
        let rest = 100 * (move.to - move.from) - known.reduce(0, +)
        let whole = WholePoints.rounded(known + [rest], total: to - from)
        var parts: [String] = []
        func add(_ points: Int, _ words: String) {
            if points != 0 {
                parts.append("\(points > 0 ? "+" : "\u{2212}")\(abs(points)) \(words)")
            }
        }
        for (change, points) in zip(named, whole) { add(points, words(change, language)) }
        add(
            whole[whole.count - 1],
            language("with all other columns", "com todas as outras colunas")
        )
        add(whole[named.count], language("with the new model", "com o modelo novo"))
        let own = whole[named.count] != 0
        add(
            whole[named.count + 1],
            own
                ? language("with its calibration", "com a calibração dele")
                : language("with the new model's calibration", "com a calibração do modelo novo")
        )
        let head =
            since.map { language("Since \($0) from ", "Desde \($0) de ") }
            ?? language("From ", "De ")
        let ends = language(
            "\(from)\u{A0}% to \(to)\u{A0}%: ",
            "\(from)\u{A0}% para \(to)\u{A0}%: "
        )
        guard !parts.isEmpty else {
            return head + ends
                + language("nothing moved it by a point.", "nada o moveu em um ponto.")
        }
        return head + ends + parts.joined(separator: ", ") + "."
    }

    private func words(_ change: ColumnChange, _ language: Language) -> String {
        let column = columns[change.place]
        switch column.type {
        // An age is another every day, and a place in the year is no value to read.
        case .date, .cycle: return language("with \(change.column)", "com \(change.column)")
        case .number, .boolean, .levels, .text:
            let from = ColumnValue(column, change.coded.from, change.from, language).short
            let to = ColumnValue(column, change.coded.to, change.to, language).short
            return language(
                "with \(change.column) from \(from) to \(to)",
                "com \(change.column) de \(from) para \(to)"
            )
        }
    }
}

extension ToldMove {
    /// Adds an object: `{"from":0.31,"to":0.54,"changes":[…],"model":0.06,"calibration":0}`.
    ///
    /// - Parameter json: Takes it.
    public func append(to json: inout [UInt8]) {
        json += "{\"from\":".utf8
        json.appendJSON(from)
        json += ",\"to\":".utf8
        json.appendJSON(to)
        json += ",\"changes\":[".utf8
        for (number, change) in changes.enumerated() {
            json += (number == 0 ? "{\"column\":" : ",{\"column\":").utf8
            json.appendJSON(change.column)
            json += ",\"from\":".utf8
            json.appendJSON(change.from)
            json += ",\"to\":".utf8
            json.appendJSON(change.to)
            json += ",\"points\":".utf8
            json.appendJSON(change.points)
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "]"))
        if let others {
            json += ",\"others\":".utf8
            json.appendJSON(others)
        }
        json += ",\"model\":".utf8
        json.appendJSON(model)
        json += ",\"calibration\":".utf8
        json.appendJSON(calibration)
        json.append(UInt8(ascii: "}"))
    }
}
