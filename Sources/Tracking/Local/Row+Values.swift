import GRDB

/// What a column holds, where another program may have written anything: SQLite checks no types, and
/// GRDB's own subscripts end the process where a value is not of the type asked for.
extension Row {
    /// The text of a column; nil for NULL and what is no text.
    func text(_ column: String) -> String? {
        String.fromDatabaseValue(self[column] as DatabaseValue)
    }

    /// The text of a column by its place, which is found faster than its name.
    func text(at place: Int) -> String? {
        String.fromDatabaseValue(self[place] as DatabaseValue)
    }

    /// The number of a column by its place.
    func number<Value: DatabaseValueConvertible>(at place: Int) -> Value? {
        Value.fromDatabaseValue(self[place] as DatabaseValue)
    }

    /// The whole number of a column; nil for NULL and what is none.
    func integer(_ column: String) -> Int64? {
        Int64.fromDatabaseValue(self[column] as DatabaseValue)
    }

    /// The number of a column; nil for NULL and what is none.
    func number(_ column: String) -> Double? {
        Double.fromDatabaseValue(self[column] as DatabaseValue)
    }

    /// Whether a column holds a number that is not 0.
    func flag(_ column: String) -> Bool { number(column).map { $0 != 0 } ?? false }
}
