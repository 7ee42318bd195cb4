import Schema

extension NumberExtremes {
    /// What reads a number as the nearest that is not set apart, from 0 for the least to 1 for the greatest; nil where all
    /// others are the same.
    func reading(skipsZero: Bool) -> EncodedColumn.Reading? {
        guard ordinary.lowerBound < ordinary.upperBound else { return nil }
        return .ramp(from: ordinary.lowerBound, to: ordinary.upperBound, skipsZero: skipsZero)
    }

    /// Whether a number is beyond the others, and whether it is beneath them.
    ///
    /// - Parameters:
    ///   - name: Of the feature.
    ///   - numbers: As training rows have them.
    ///   - leastDeviation: An indicator's deviation counts at least as this.
    /// - Returns: One, or both.
    func indicators(
        _ name: String,
        _ numbers: [Double],
        leastDeviation: Double
    ) -> [EncodedColumn] {
        [
            above.map { ("\(name)_beyond", EncodedColumn.Reading.range(from: $0, to: nil)) },
            below.map { ("\(name)_beneath", .range(from: nil, to: $0)) },
        ].compactMap(\.self).map { name, reading in
            let raw = EncodedColumn(name, reading, mean: 0, deviation: 1)
            return EncodedColumn(
                name,
                reading,
                numbers.map { $0.isNaN ? 0 : raw.encoded($0) },
                leastDeviation: leastDeviation
            )
        }
    }

    /// The columns of a number in the encoding as dummies: the number as far as it is held, and the indicators.
    ///
    /// - Parameters:
    ///   - name: Of the feature.
    ///   - held: Training rows, held and without nulls.
    ///   - numbers: The same as they were given, NaN for nulls.
    /// - Returns: The columns, in order.
    func columns(_ name: String, held: [Double], _ numbers: [Double]) -> [EncodedColumn] {
        let value = reading(skipsZero: false).map { reading in
            let raw = EncodedColumn(name, reading, mean: 0, deviation: 1)
            return EncodedColumn(name, reading, held.map(raw.encoded))
        }
        return [value].compactMap(\.self) + indicators(name, numbers, leastDeviation: 0)
    }
}
