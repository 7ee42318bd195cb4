internal import Schema
internal import Tabular

/// What one number of a sampled row stands for.
///
/// A number is itself, NaN where the field is empty. A level is its code: the place in the schema's list, −1
/// where the field is empty, −2 where the level is not listed; a boolean's no and yes are levels.
public struct SampledColumn: Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// Whether the numbers are codes.
    public let hasLevels: Bool

    init(_ column: ColumnSchema) {
        name = column.name
        hasLevels =
            switch column.type {
            case .boolean, .levels: true
            case .number, .text: false
            }
    }

    /// The values of some rows.
    func values(of column: Column, _ rows: [Int]) -> [Double] {
        switch column {
        case .number(let values):
            guard hasLevels else { return rows.map { values[$0] } }
            return rows.map { values[$0].isNaN ? -1 : values[$0] }
        case .level(let codes, _): return rows.map { Double(codes[$0]) }
        case .text: preconditionFailure("\"\(name)\" is not of the schema's type")
        }
    }
}
