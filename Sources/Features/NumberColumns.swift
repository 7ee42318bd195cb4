import Output
import Schema

/// The encoded columns of one number, fitted to training rows, for the encodings by scores and pieces.
struct NumberColumns {
    /// Below it an indicator's deviation counts as this, so that a rare one is not blown up.
    static let leastIndicatorDeviation = 0.15

    /// What stands in for a null: the mean, without the zeros where those stand out.
    let substitute: Double
    private let name: String
    private let values: [Double]
    private let labels: [Bool]
    private let kind: NumberKind?
    private let extremes: NumberExtremes?

    /// Takes training rows.
    ///
    /// - Parameters:
    ///   - name: Of the feature.
    ///   - values: Finite, nulls left out.
    ///   - labels: Truth of the same rows, for the encoding by pieces; else empty.
    ///   - isBoolean: Whether the values are a boolean's 0 and 1.
    ///   - extremes: What was set apart, so that the values are held; nil for nothing.
    init(
        _ name: String,
        _ values: [Double],
        labels: [Bool],
        isBoolean: Bool,
        extremes: NumberExtremes?
    ) {
        self.name = name
        self.values = values
        self.labels = labels
        self.extremes = extremes
        kind = isBoolean ? nil : NumberKind(sorted: values.sorted())
        let amounts = kind == .zeroInflated ? values.filter { $0 != 0 } : values
        substitute = amounts.isEmpty ? 0 : Moments(amounts).mean
    }

    /// The columns; none where all values are the same.
    func encoded(_ encoding: FeatureEncoding) -> [EncodedColumn] {
        switch kind {
        case nil:
            values.allSatisfy { $0 == values[0] } ? [] : [indicator(name, .value(skipsZero: false))]
        case .few(let distinct):
            distinct.count < 2 ? [] : distinct.indices.map { level(distinct, $0) }
        case .continuous: amounts(encoding, skipsZero: false)
        case .zeroInflated:
            amounts(encoding, skipsZero: true) + [indicator("\(name)_nonzero", .nonzero)]
        }
    }

    /// A number between two of the training rows' counts as the nearer.
    private func level(_ distinct: [Double], _ place: Int) -> EncodedColumn {
        indicator(
            "\(name)_\(text(distinct[place]))",
            .range(
                from: place == 0 ? nil : (distinct[place - 1] + distinct[place]) / 2,
                to: place + 1 == distinct.count ? nil : (distinct[place] + distinct[place + 1]) / 2
            )
        )
    }

    private func indicator(_ name: String, _ reading: EncodedColumn.Reading) -> EncodedColumn {
        let raw = EncodedColumn(name, reading, mean: 0, deviation: 1)
        return EncodedColumn(
            name,
            reading,
            values.map(raw.encoded),
            leastDeviation: Self.leastIndicatorDeviation
        )
    }

    private func amounts(_ encoding: FeatureEncoding, skipsZero: Bool) -> [EncodedColumn] {
        let places = values.indices.filter { !skipsZero || values[$0] != 0 }
        let amounts = places.map { values[$0] }
        guard let least = amounts.min(), let most = amounts.max(), least < most else { return [] }
        let score = score(amounts, skipsZero: skipsZero)
        guard encoding == .pieces else { return [score] }
        let cuts = DecisionCuts(
            amounts,
            labels: places.map { labels[$0] },
            decrease: DecisionCuts.leastDecrease(rows: values.count)
        )
        guard !cuts.thresholds.isEmpty else { return [score] }
        let edges = [least] + cuts.thresholds + [most]
        return zip(edges, edges.dropFirst()).map { from, to in
            let reading = EncodedColumn.Reading.ramp(from: from, to: to, skipsZero: skipsZero)
            let raw = EncodedColumn(name, reading, mean: 0, deviation: 1)
            // Neighbouring ramps move together, so each is scaled to half a standard deviation.
            return EncodedColumn(
                "\(name)_\(text(from))..\(text(to))",
                reading,
                values.map(raw.encoded),
                leastDeviation: 0.05,
                factor: 2
            )
        }
    }

    /// The number as a z-score.
    private func score(_ amounts: [Double], skipsZero: Bool) -> EncodedColumn {
        guard let reading = extremes?.reading(skipsZero: skipsZero) else {
            return EncodedColumn(name, .value(skipsZero: skipsZero), amounts, limit: 4)
        }
        let raw = EncodedColumn(name, reading, mean: 0, deviation: 1)
        return EncodedColumn(name, reading, amounts.map(raw.encoded), limit: 4)
    }

    /// Zero has no sign in a name.
    private func text(_ value: Double) -> String { numberText(value == 0 ? 0 : value) }
}
