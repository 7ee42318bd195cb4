public import Output

/// How the simulated customers differ from those of the reference: each numeric column times a
/// factor, plus a shift.
///
/// Drift is applied after the features are drawn and before the truth is computed, so the relation
/// between features and churn stays and only the features move (covariate shift).
public struct SimulatedDrift: Sendable, Equatable {
    private var factors = SIMD8<Double>(repeating: 1)
    private var shifts = SIMD8<Double>.zero

    /// No drift.
    public init() {}

    /// Reads drift as it stands on the command line.
    ///
    /// - Parameters:
    ///   - shifts: Texts such as `Age=+2.5`: what is added, after scaling.
    ///   - scales: Texts such as `Balance=1.8`: the factor.
    /// - Throws: `SimulationError` for a text without `=`, a column that is not numeric, a value
    ///   that is no number or beyond a million either way, a column named twice.
    public init(shifts: [String] = [], scales: [String] = []) throws(SimulationError) {
        for (column, value) in try Self.changes(shifts, option: "--shift", example: "Age=+2.5") {
            self.shifts[column.rawValue] = value
        }
        for (column, value) in try Self.changes(scales, option: "--scale", example: "Balance=1.8") {
            factors[column.rawValue] = value
        }
    }

    /// Moves the numbers and rounds them to the hundredths that are written.
    func apply(to customer: inout Customer) {
        let moved = customer.numbers * factors + shifts
        customer.numbers = (moved * 100).rounded(.toNearestOrEven) / 100
    }

    private static func changes(
        _ texts: [String],
        option: String,
        example: String
    ) throws(SimulationError) -> [(NumericColumn, Double)] {
        var changes: [(NumericColumn, Double)] = []
        for text in texts {
            guard let equals = text.lastIndex(of: "=") else {
                throw SimulationError(
                    "\(option) \(text): write COLUMN=NUMBER, such as \(example)"
                )
            }
            let name = text[..<equals]
            let number = text[text.index(after: equals)...]
            guard let column = NumericColumn.allCases.first(where: { $0.name == name }) else {
                let names = NumericColumn.allCases.map(\.name).joined(separator: ", ")
                throw SimulationError(
                    "\(option) \(text): no numeric column is called '\(name)'; choose from \(names)"
                )
            }
            guard let value = Double(number), abs(value) <= 1_000_000 else {
                throw SimulationError(
                    "\(option) \(text): '\(number)' is no number between -1000000 and 1000000; "
                        + "write it such as \(example)"
                )
            }
            guard !changes.contains(where: { $0.0 == column }) else {
                throw SimulationError(
                    "\(option) \(text): \(column.name) is given twice; keep one of them"
                )
            }
            changes.append((column, value))
        }
        return changes
    }
}

/// Why a `--shift` or `--scale` can't be used: what, where, how to fix it, in one line.
public struct SimulationError: RetainError, Equatable {
    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// The message for a person.
    public let description: String

    init(_ description: String) { self.description = description }
}
