import Charts
public import Tracking

/// Runs in a table for a terminal: a line each, with what tells them apart.
public struct RunsTable: Sendable {
    /// Columns that were asked for and that no run has.
    public let unknownColumns: [String]
    private let runs: [Run]
    private let columns: [RunColumn]
    private let experiments: [String: String]
    private let now: Int64

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - runs: In the order of the lines.
    ///   - columns: Which columns follow identifier and name; nil for those that tell the runs apart.
    ///   - experiments: Names of experiments by identifier.
    ///   - now: Milliseconds since 1970.
    public init(
        _ runs: [Run],
        columns: [String]? = nil,
        experiments: [String: String],
        now: Int64
    ) {
        self.runs = runs
        self.experiments = experiments
        self.now = now
        guard let columns else {
            self.columns = Self.usual(runs)
            unknownColumns = []
            return
        }
        let asked = columns.map { (text: $0, column: RunColumn($0, in: runs)) }
        let fixed: [RunColumn] = [.id, .name]
        self.columns = fixed + asked.compactMap(\.column).filter { !fixed.contains($0) }
        unknownColumns = runs.isEmpty ? [] : asked.filter { $0.column == nil }.map(\.text)
    }

    /// The table; its headings alone where there is no run.
    ///
    /// - Complexity: O(runs × columns).
    public var text: String {
        let short = ShortIDs(runs)
        return TextTable(
            columns: columns.map { ($0.title, $0.alignment) },
            rows: runs.map { run in columns.map { cell($0, run, short) } },
            keepsCase: true
        ).text
    }

    private func cell(_ column: RunColumn, _ run: Run, _ short: ShortIDs) -> String {
        let info = run.info
        switch column {
        case .id: return short.text(run)
        case .name: return info.name.isEmpty ? "-" : info.name
        case .status: return info.status.rawValue.lowercased()
        case .start: return RunTime.ago(info.start, now: now)
        case .end: return info.end.map { RunTime.ago($0, now: now) } ?? "-"
        case .duration: return RunTime.duration(from: info.start, to: info.end, now: now)
        case .user: return info.user.isEmpty ? "-" : info.user
        case .experiment: return experiments[info.experimentID] ?? info.experimentID
        case .metric(let key): return MetricText.text(run.metrics[key]?.value)
        case .param(let key): return run.params[key] ?? "-"
        case .tag(let key): return run.tags[key] ?? "-"
        }
    }

    /// How it went, and the few parameters and metrics that tell the runs apart.
    private static func usual(_ runs: [Run]) -> [RunColumn] {
        var columns: [RunColumn] = [.id, .name, .status, .start, .duration]
        if Set(runs.map(\.info.experimentID)).count > 1 { columns.append(.experiment) }
        return columns + params(runs).map { .param($0) } + metrics(runs).map { .metric($0) }
    }

    /// Retain's parameters that differ, at most three: the model and its seed, then what most runs have.
    private static func params(_ runs: [Run]) -> [String] {
        var found: [String: (first: String, runs: Int, isOne: Bool, isShort: Bool)] = [:]
        for run in runs {
            for (key, value) in run.params {
                var entry = found[key] ?? (value, 0, true, true)
                entry.runs += 1
                entry.isOne = entry.isOne && entry.first == value
                entry.isShort = entry.isShort && value.utf8.count <= 16
                found[key] = entry
            }
        }
        return found.filter { key, entry in
            entry.isShort && 2 * entry.runs >= runs.count && !ParamKey(key).isAutologged
                && (!entry.isOne || entry.runs < runs.count)
        }
        .map { key, entry in
            (["model", "seed", "data"].firstIndex(of: key) ?? 3, -entry.runs, key)
        }
        .sorted { $0 < $1 }.prefix(3).map(\.2)
    }

    /// The final metrics that matter most; where there are none, what most runs have.
    private static func metrics(_ runs: [Run]) -> [String] {
        var counts: [String: Int] = [:]
        for run in runs { for key in run.metrics.keys { counts[key, default: 0] += 1 } }
        let known = MetricKey.headline.filter { counts[$0] != nil }
        let isMoney = { (key: String) in
            MetricKey(key).isFinal && key.contains("profit") && !known.contains(key)
                && !MetricKey(key).isEnd { counts[$0] != nil }
        }
        let final = known + counts.keys.filter(isMoney).sorted().prefix(1)
        guard final.isEmpty else { return final }
        return counts.filter { key, _ in
            !MetricKey(key).isSystem && !MetricKey(key).isEnd { counts[$0] != nil }
        }
        .sorted { ($1.value, MetricKey($0.key)) < ($0.value, MetricKey($1.key)) }
        .prefix(3).map(\.key)
    }
}
