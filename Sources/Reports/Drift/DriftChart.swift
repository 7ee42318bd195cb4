import Charts
import Drift
import Output
import Texts

/// Both distributions of one column, and what they say.
struct DriftChart {
    let title: String
    let reading: String
    let chart: any Chart

    /// Draws a column of a report; nil where a side has no value.
    init?(_ column: ColumnVerdict, _ report: DriftReport, _ language: Language) {
        let name = report.name(of: column, language)
        title = name.clipped(to: 60) + (column.hasDrifted ? language(" drifts", " mudou") : "")
        reading = Self.sentence(column, language)
        let isScore = report.verdict.score == column
        let old =
            isScore
            ? report.reference.scores : report.reference.columns.first { $0.name == column.name }
        guard let old else { return nil }
        let sketch: ColumnProfile.Spread? =
            isScore
            ? .numbers(report.current.scores, missing: 0, areWhole: false)
            : report.current.columns.first { $0.name == column.name }?.spread
        switch (old.spread, sketch) {
        case (.numbers(let old?, _, let areWhole), .numbers(let sketch, _, _)):
            guard let new = sketch.sample else { return nil }
            let bins = NumberBins(old, new, areWhole: areWhole)
            chart = OverlayChart(
                title: title,
                summary: reading,
                xAxis: Axis(name.clipped(to: 40), range: bins.range, language: language),
                reference: bins.shares(of: old),
                current: bins.shares(of: new)
            )
        case (.levels(let names, let old), .levels(_, let new)):
            chart = LevelsChart(
                title: title,
                summary: reading,
                levels: Self.levels(names, old, new, language),
                language: language
            )
        default: return nil
        }
    }

    private static func sentence(_ column: ColumnVerdict, _ language: Language) -> String {
        guard let worst = column.worst else {
            return language("There are no values to compare.", "Não há valores a comparar.")
        }
        let limit =
            language("threshold ", "limiar ")
            + language.form(.percent(1)).text(worst.threshold)
        let p =
            language("corrected p ", "p corrigido ")
            + ColumnVerdict.chance(worst.adjustedPValue, language)
        let finding = column.finding(language)
        return finding.prefix(1).uppercased() + finding.dropFirst() + " (\(limit), \(p))."
    }

    /// Shares of all rows: listed levels, then unlisted ones and empty fields where there are any.
    private static func levels(
        _ names: [String],
        _ old: LevelCounts,
        _ new: LevelCounts,
        _ language: Language
    ) -> [LevelsChart.Level] {
        func share(_ count: Int, _ counts: LevelCounts) -> Double {
            counts.rows == 0 ? 0 : Double(count) / Double(counts.rows)
        }
        var levels = names.indices.map {
            LevelsChart.Level(
                names[$0],
                reference: share(old.listed[$0], old),
                current: share(new.listed[$0], new)
            )
        }
        for (name, before, now) in [
            (language("(unlisted)", "(não listado)"), old.unseen, new.unseen),
            (language("(empty)", "(vazio)"), old.missing, new.missing),
        ] where before + now > 0 {
            levels.append(
                LevelsChart.Level(name, reference: share(before, old), current: share(now, new))
            )
        }
        return levels
    }
}

/// Equally wide bins over nearly all of two samples.
private struct NumberBins {
    let range: ClosedRange<Double>
    private let count: Int

    init(_ one: OrderedSample, _ other: OrderedSample, areWhole: Bool) {
        // A few far-off values would leave all others in a single bin.
        let low = min(one.quantile(0.002), other.quantile(0.002))
        let high = max(one.quantile(0.998), other.quantile(0.998))
        guard areWhole else {
            range = low ... max(high, low.nextUp)
            count = Self.most
            return
        }
        // As many whole numbers in each bin, or every second bin would seem empty.
        let (first, last) = (low.rounded(.down), high.rounded(.up))
        let width = ((last - first + 1) / Double(Self.most)).rounded(.up)
        count = Int(((last - first + 1) / width).rounded(.up))
        range = first - 0.5 ... first - 0.5 + width * Double(count)
    }

    private static let most = 40

    /// The share of the sample in each bin; the ends hold what lies beyond them, too.
    func shares(of sample: OrderedSample) -> [Double] {
        let width = (range.upperBound - range.lowerBound) / Double(count)
        var shares = [Double](repeating: 0, count: count)
        for (value, rows) in zip(sample.distinct, sample.counts) {
            let bin = ((value - range.lowerBound) / width).rounded(.down)
            let place = bin > 0 ? min(count - 1, Int(min(bin, 1e6))) : 0
            shares[place] += Double(rows) / Double(sample.rowCount)
        }
        return shares
    }
}
