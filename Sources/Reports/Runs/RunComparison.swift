import Charts
import Texts
public import Tracking

/// Runs side by side: which parameters differ, and which run is best by which metric.
public struct RunComparison: Sendable {
    /// The runs, the first one being what the others are compared with.
    public let runs: [Run]
    /// What each is called: its name where that tells it apart.
    let labels: [String]
    let params: [ParamRow]
    let metrics: [MetricRow]

    /// A parameter of every run.
    struct ParamRow {
        let key: String
        let values: [String?]

        var differs: Bool { Set(values).count > 1 }
    }

    /// A metric of every run.
    struct MetricRow {
        let key: MetricKey
        let values: [Double?]
        let lows: [Double?]
        let highs: [Double?]

        /// NaN is the same as NaN here.
        var differs: Bool {
            values.contains { value in
                value != values[0] && !(value?.isNaN == true && values[0]?.isNaN == true)
            }
        }

        /// The runs that no other is better than; none where all are the same, or the name does not tell.
        var best: Set<Int> {
            guard differs, let higher = key.higherIsBetter else { return [] }
            let numbers = values.compactMap(\.self).filter { !$0.isNaN }
            guard let best = higher ? numbers.max() : numbers.min() else { return [] }
            return Set(values.indices.filter { values[$0] == best })
        }

        /// How much more than the first run's; empty where there is nothing to compare.
        func difference(_ run: Int) -> String {
            guard run > 0, let first = values[0], let value = values[run] else { return "" }
            return MetricText.difference(value, from: first)
        }
    }

    /// Compares runs.
    ///
    /// - Parameters:
    ///   - runs: At least one.
    ///   - all: Whether parameters and metrics that are the same are told too, and the machine's.
    public init(_ runs: [Run], all: Bool = false) {
        self.runs = runs
        let short = ShortIDs(runs)
        let names = runs.reduce(into: [:]) { $0[$1.info.name, default: 0] += 1 }
        labels = runs.map { run in
            let name = run.info.name.printable.clipped(to: 60)
            if name.isEmpty { return short.text(run) }
            return names[run.info.name] == 1 ? name : "\(name) \(short.text(run))"
        }
        let paramKeys = Set(runs.flatMap(\.params.keys)).map { ParamKey($0) }.sorted()
        params = paramKeys.map { key in
            ParamRow(key: key.name, values: runs.map { $0.params[key.name] })
        }.filter { all || $0.differs }
        let metricKeys = Set(runs.flatMap(\.metrics.keys))
        metrics = metricKeys.map { MetricKey($0) }.sorted()
            .filter { key in all || !key.isSystem && !key.isEnd { metricKeys.contains($0) } }
            .map { key in
                func values(_ name: String) -> [Double?] { runs.map { $0.metrics[name]?.value } }
                return MetricRow(
                    key: key,
                    values: values(key.name),
                    lows: values(key.low),
                    highs: values(key.high)
                )
            }
    }

    /// Metrics that were logged step by step, in the order of the page; at most 24.
    public func curveKeys(withSystem: Bool) -> [String] {
        let keys = runs.flatMap { run in run.metrics.values.filter { $0.step > 0 }.map(\.key) }
        return Set(keys).map { MetricKey($0) }
            .filter { !$0.isFinal && (withSystem || !$0.isSystem) }
            .sorted().prefix(24).map(\.name)
    }

    /// Which run is the best by the metric that comes first; nil where none tells.
    package var verdict: String? { verdict(in: .english) }

    /// The same in a language.
    func verdict(in language: Language) -> String? {
        guard let row = metrics.first(where: { $0.key.isFinal && !$0.best.isEmpty }),
            let best = row.best.min(), let value = row.values[best]
        else { return nil }
        let others = row.values.indices.filter { !row.best.contains($0) }
            .compactMap { index in row.values[index].map { (index, $0) } }
            .filter { !$0.1.isNaN }
        let higher = row.key.higherIsBetter == true
        let word = higher ? language("Highest", "Maior") : language("Lowest", "Menor")
        let more = row.best.count - 1
        let equals = more > 0 ? language(" and \(more) more", " e mais \(more)") : ""
        let (with, shown) = (language("with", "com"), language.marked(MetricText.text(value)))
        var text = "\(word) \(row.key.name): \(labels[best])\(equals) \(with) \(shown)"
        guard let next = others.min(by: { higher ? $0.1 > $1.1 : $0.1 < $1.1 }) else {
            return text + "."
        }
        let follows = language("; next is", "; a seguir,")
        text += "\(follows) \(labels[next.0]) \(with) \(language.marked(MetricText.text(next.1)))"
        let ends = (row.lows[best], row.highs[best], row.lows[next.0], row.highs[next.0])
        if let low = ends.0, let high = ends.1, let nextLow = ends.2, let nextHigh = ends.3 {
            let overlaps = low <= nextHigh && nextLow <= high
            text +=
                overlaps
                ? language(", and their intervals overlap", ", e os intervalos se sobrepõem")
                : language(", and their intervals are apart", ", e os intervalos não se tocam")
        }
        return text + "."
    }
}

extension RunComparison {
    /// Runs that still stand side by side; of more, each has a line.
    static let mostColumns = 4
    /// Columns of a table in which each run has a line.
    private static let mostKeys = 7

    /// The comparison for a terminal.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: Tables and a sentence, ended by a line break.
    public func text(now: Int64) -> String {
        let short = ShortIDs(runs)
        let overview = TextTable(
            columns: [
                ("RUN", .left), ("ID", .left), ("STATUS", .left), ("STARTED", .left),
                ("TOOK", .right),
            ],
            rows: runs.enumerated().map { place, run in
                [
                    labels[place], short.text(run), run.info.status.rawValue.lowercased(),
                    RunTime.ago(run.info.start, now: now),
                    RunTime.duration(from: run.info.start, to: run.info.end, now: now),
                ]
            },
            keepsCase: true
        ).text
        var blocks = [overview]
        blocks.append(
            params.isEmpty
                ? "No parameter differs.\n"
                : table("PARAMETER", params.map { ($0.key, $0.values.map { $0 ?? "-" }) }, .left)
        )
        blocks.append(
            metrics.isEmpty
                ? "No metric was logged.\n"
                : table("METRIC", metrics.map { ($0.key.name, cells($0)) }, .right) + legend
        )
        if let verdict { blocks.append(verdict + "\n") }
        return blocks.joined(separator: "\n")
    }

    private var legend: String {
        let marks = metrics.contains { !$0.best.isEmpty } ? ["* best."] : []
        let signs = runs.count > 1 && isWide ? ["Signed: difference from \(labels[0])."] : []
        let text = (marks + signs).joined(separator: " ")
        return text.isEmpty ? "" : text + "\n"
    }

    /// Whether runs stand side by side.
    private var isWide: Bool { runs.count <= Self.mostColumns }

    private func cells(_ row: MetricRow) -> [String] {
        row.values.indices.map { run in
            let mark = row.best.contains(run) ? "* " : ""
            let difference = isWide ? row.difference(run) : ""
            return mark + MetricText.text(row.values[run])
                + (difference.isEmpty ? "" : " " + difference)
        }
    }

    private func table(
        _ title: String,
        _ rows: [(key: String, cells: [String])],
        _ alignment: TextTable.Alignment
    ) -> String {
        guard !isWide else {
            return TextTable(
                columns: [(title, .left)] + labels.map { ($0, alignment) },
                rows: rows.map { [$0.key] + $0.cells },
                keepsCase: true
            ).text
        }
        let shown = rows.prefix(Self.mostKeys)
        let rest = rows.count - shown.count
        let more =
            rest > 0
            ? "\(rest) more: see --html, or compare at most \(Self.mostColumns) runs.\n" : ""
        return TextTable(
            columns: [("RUN", .left)] + shown.map { ($0.key, alignment) },
            rows: runs.indices.map { run in [labels[run]] + shown.map { $0.cells[run] } },
            keepsCase: true
        ).text + more
    }
}
