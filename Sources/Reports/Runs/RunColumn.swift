import Charts
import Tracking

/// What a column of a table of runs shows.
enum RunColumn: Hashable {
    case id, name, status, start, end, duration, user, experiment
    case metric(String), param(String), tag(String)

    /// Names of the properties that can be asked for, MLflow's among them.
    private static let properties: [String: Self] = [
        "id": .id, "run_id": .id, "name": .name, "run_name": .name, "status": .status,
        "started": .start, "start": .start, "start_time": .start, "ended": .end, "end": .end,
        "end_time": .end, "took": .duration, "duration": .duration, "user": .user,
        "user_id": .user, "experiment": .experiment,
    ]

    /// The column that a person means: `metrics.x`, `params.x`, `tags.x`, a property, or the bare name of
    /// what a run has; nil where no run has that.
    init?(_ text: String, in runs: [Run]) {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            let key = parts[1].hasPrefix("`") ? String(parts[1].filter { $0 != "`" }) : parts[1]
            switch parts[0] {
            case "metrics", "metric": self = .metric(key)
            case "params", "param": self = .param(key)
            case "tags", "tag": self = .tag(key)
            default:
                self.init(bare: text, in: runs)
                return
            }
            guard runs.contains(where: { has($0) }) else { return nil }
        } else {
            self.init(bare: text, in: runs)
        }
    }

    private init?(bare text: String, in runs: [Run]) {
        let kinds = [Self.properties[text], .metric(text), .param(text), .tag(text)]
        guard
            let found = kinds.compactMap(\.self).first(where: { kind in
                runs.contains { kind.has($0) }
            })
        else { return nil }
        self = found
    }

    private func has(_ run: Run) -> Bool {
        switch self {
        case .metric(let key): run.metrics[key] != nil
        case .param(let key): run.params[key] != nil
        case .tag(let key): run.tags[key] != nil
        default: true
        }
    }

    /// The heading: capitals for what Retain names, the name itself for what the run does.
    var title: String {
        switch self {
        case .id: "ID"
        case .name: "NAME"
        case .status: "STATUS"
        case .start: "STARTED"
        case .end: "ENDED"
        case .duration: "TOOK"
        case .user: "BY"
        case .experiment: "EXPERIMENT"
        case .metric(let key), .param(let key), .tag(let key): key
        }
    }

    var alignment: TextTable.Alignment {
        switch self {
        case .duration, .metric: .right
        default: .left
        }
    }
}
