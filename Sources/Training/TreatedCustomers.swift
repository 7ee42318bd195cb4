public import Output

/// Which rows of a file are customers who were offered something to stay.
public struct TreatedCustomers: Equatable, Sendable {
    /// The column that says so.
    public let column: String
    /// Shape [rows]; false too where the field is empty.
    public let isTreated: [Bool]
    /// Rows whose field is empty.
    public let unknown: Int

    /// Reads the column.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - column: Its fields are yes or no (also 1 and 0, true and false, y and n, on and off), or empty.
    /// - Throws: `TreatedColumnError` where there is no such column, or a field is something else.
    /// - Complexity: O(rows).
    public init(in file: CustomerFile, by column: String) throws(TreatedColumnError) {
        guard let texts = file.texts(column) else {
            throw .missing(file: file.source, column: column)
        }
        var isTreated: [Bool] = []
        var unknown = 0
        for (row, text) in texts.enumerated() {
            let word = text.trimmed.lowercased()
            guard !word.isEmpty else {
                unknown += 1
                isTreated.append(false)
                continue
            }
            guard let truth = Self.truth(word) else {
                throw .neither(file: file.source, column: column, row: row + 1, text: text)
            }
            isTreated.append(truth)
        }
        self.column = column
        self.isTreated = isTreated
        self.unknown = unknown
    }

    /// Treated rows.
    public var count: Int { isTreated.count { $0 } }

    /// Each row's weight: 1 for the untreated.
    func weights(_ weight: Float) -> [Float] { isTreated.map { $0 ? weight : 1 } }

    private static func truth(_ word: String) -> Bool? {
        switch word {
        case "1", "1.0", "yes", "true", "y", "t", "on": true
        case "0", "0.0", "no", "false", "n", "f", "off": false
        default: nil
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let rest = drop(while: \.isWhitespace)
        return String(rest.reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// It can't be told who was treated.
public enum TreatedColumnError: RetainError, Equatable {
    /// The file has no such column.
    case missing(file: String, column: String)
    /// A field is neither yes nor no.
    case neither(file: String, column: String, row: Int, text: String)

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, where, how to fix it.
    public var description: String {
        switch self {
        case .missing(let file, let column):
            "\(file): there is no column \(jsonString(column)), which treated_column of retain.yaml names; add it"
                + " (yes, no or empty), or take it out of retain.yaml if nobody got an offer"
        case .neither(let file, let column, let row, let text):
            "\(file), row \(row): the column \(jsonString(column)) says \(jsonString(String(text.prefix(40))));"
                + " write yes or no, or leave it empty where that is not known"
        }
    }
}
