import Output
package import Schema
package import Texts

/// A customer's value of a column, in words.
package struct ColumnValue {
    private let column: ColumnSchema
    private let coded: Double
    private let text: String
    private let language: Language

    /// Takes a value.
    ///
    /// - Parameters:
    ///   - column: What it means.
    ///   - coded: As the model reads it.
    ///   - text: As a file has it; empty for none.
    ///   - language: In which it is told.
    package init(_ column: ColumnSchema, _ coded: Double, _ text: String, _ language: Language) {
        self.column = column
        self.coded = coded
        self.text = text
        self.language = language
    }

    /// `Age is 58`, without a full stop.
    package var sentence: String {
        let name = column.name
        guard let coding = column.type.coding, !coding.isNull(coded) else {
            return language("\(name) is empty", "\(name) está vazio")
        }
        switch column.type {
        case .cycle:
            return language(
                "\(name), the place in the year or week",
                "\(name), o lugar no ano ou na semana"
            )
        case .date:
            let days = Int(abs(coded))
            let count = language.number(days)
            return coded < 0
                ? language(
                    "\(name) is \(count) day\(days == 1 ? "" : "s") ahead",
                    "\(name) está \(count) dia\(days == 1 ? "" : "s") à frente"
                )
                : language(
                    "\(name) is \(count) day\(days == 1 ? "" : "s") ago",
                    "\(name) foi há \(count) dia\(days == 1 ? "" : "s")"
                )
        case .levels where coded < 0:
            return language(
                "\(name) is a level that training did not list",
                "\(name) é um nível que o treino não listou"
            )
        case .number, .boolean, .levels, .text:
            return language("\(name) is \(short)", "\(name) é \(short)")
        }
    }

    /// The value alone: `58`, `1.234,5`, `sim`.
    package var short: String {
        guard let coding = column.type.coding, !coding.isNull(coded) else {
            return language("empty", "vazio")
        }
        switch column.type {
        case .number: return number
        case .boolean(let no, let yes):
            guard Self.isTruth(no, yes) else { return text }
            return coded > 0 ? language("yes", "sim") : language("no", "não")
        case .levels, .date, .cycle, .text: return text
        }
    }

    /// Whether two levels say no and yes and nothing else, so that they may be translated.
    private static func isTruth(_ no: String, _ yes: String) -> Bool {
        let words = [("no", "yes"), ("false", "true"), ("n", "y"), ("0", "1"), ("não", "sim")]
        return words.contains { $0 == (no.lowercased(), yes.lowercased()) }
    }

    /// As many decimals as it has, four at most; a number below ten thousand may be a year and has no mark between thousands.
    private var number: String {
        let plain = numberText(coded)
        let decimals = plain.contains("e") ? 4 : min(4, plain.drop { $0 != "." }.dropFirst().count)
        let told = language.number(coded, decimals: decimals)
        guard abs(coded) < 10_000 else { return told }
        return told.replacing(language(",", "."), with: "")
    }
}
