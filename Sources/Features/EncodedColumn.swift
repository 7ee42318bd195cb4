/// One input of the network: what is read off the customer's field, and its scaling.
public struct EncodedColumn: Codable, Equatable, Sendable {
    /// `Age`, `Geography_Germany`, `Age_missing`, `Age_34.5..39.5`.
    public let name: String
    /// What is read off the field.
    public let reading: Reading
    /// Mean of the training rows before scaling.
    public let mean: Double
    /// What the distance from the mean is divided by: in the `seed` model's encoding the population standard
    /// deviation, 1 where the training rows are constant.
    public let deviation: Double
    /// The scaled value's largest magnitude; nil without limit.
    public let limit: Double?

    /// What a column reads off a field.
    public enum Reading: Codable, Equatable, Sendable {
        /// The number itself, or 0 and 1 of a boolean. With `skipsZero` a zero becomes the mean.
        case value(skipsZero: Bool)
        /// Whether the number is not zero.
        case nonzero
        /// Whether the number is at least `from` (nil: −∞) and below `to` (nil: ∞).
        case range(from: Double?, to: Double?)
        /// How far the number has come from `from` to `to`: 0 before, 1 after; with `skipsZero` 0 at zero.
        case ramp(from: Double, to: Double, skipsZero: Bool)
        /// Whether the field has the level of this code.
        case level(code: Int)
        /// The rate at which customers of the field's level leave, as log-odds: one of the feature's `rates`.
        case rate
        /// Whether the field is empty.
        case missing
    }

    package init(
        _ name: String,
        _ reading: Reading,
        mean: Double,
        deviation: Double,
        limit: Double? = nil
    ) {
        self.name = name
        self.reading = reading
        self.mean = mean
        self.deviation = deviation
        self.limit = limit
    }

    /// The column without its name.
    @inline(__always)
    var scaling: ColumnScaling {
        ColumnScaling(reading: reading, mean: mean, deviation: deviation, limit: limit)
    }

    /// The value that the network sees, in double precision, from what is read off the field.
    func scaled(_ value: Double) -> Double { scaling.scaled(value) }

    /// The same from a coded value: a number that is not null, or a code.
    @inline(__always)
    package func encoded(_ number: Double) -> Double { scaling.encoded(number) }

    /// What would make encoding impossible; nil where all is well.
    var inconsistency: String? {
        guard mean.isFinite, deviation > 0, deviation.isFinite, limit.map({ $0 > 0 }) ?? true else {
            return "encoded column \"\(name)\" has no finite mean and positive deviation"
        }
        if case .ramp(let from, let to, _) = reading, !(from < to && (to - from).isFinite) {
            return "encoded column \"\(name)\" has no rising ramp"
        }
        return nil
    }
}

/// What a column does to a coded value.
///
/// Copying it counts no references, which copying a column with its name does.
struct ColumnScaling {
    let reading: EncodedColumn.Reading
    let mean: Double
    let deviation: Double
    let limit: Double?

    @inline(__always)
    func scaled(_ value: Double) -> Double {
        let scaled = (value - mean) / deviation
        guard let limit else { return scaled }
        // NaN passes both.
        return scaled > limit ? limit : scaled < -limit ? -limit : scaled
    }

    @inline(__always)
    func encoded(_ number: Double) -> Double {
        switch reading {
        case .value(let skipsZero): scaled(skipsZero && number == 0 ? mean : number)
        case .nonzero: scaled(number.isNaN ? .nan : number != 0 ? 1 : 0)
        case .range(let from, let to):
            scaled(
                number.isNaN
                    ? .nan : number >= (from ?? -.infinity) && number < (to ?? .infinity) ? 1 : 0
            )
        case .ramp(let from, let to, let skipsZero):
            if skipsZero && number == 0 {
                scaled(0)
            } else {
                scaled(number <= from ? 0 : number >= to ? 1 : (number - from) / (to - from))
            }
        case .level(let code): scaled(number.isNaN ? .nan : number == Double(code) ? 1 : 0)
        // Both are read off the field before it is filled.
        case .rate, .missing: .nan
        }
    }
}
