import Tracking

/// Runs such as training leaves them.
enum SampleRuns {
    /// 2026-11-24 03:17:05 UTC.
    static let now: Int64 = 1_795_490_225_000

    /// What can be in a name that came from elsewhere.
    static let hostile = "<script>alert('x')</script>\"&\u{1B}[2J\u{202E}]]>"

    static func run(
        _ id: String,
        _ name: String,
        hoursAgo: Int64 = 0,
        metrics: [String: Double] = [:],
        params: [String: String] = [:],
        tags: [String: String] = [:],
        experiment: String = "1"
    ) -> Run {
        let start = now - 3_600_000 * hoursAgo - 5_000
        return Run(
            info: RunInfo(
                id: id + String(repeating: "0", count: max(0, 32 - id.count)),
                experimentID: experiment,
                name: name,
                user: "anna",
                status: .finished,
                start: start,
                end: start + 4_250,
                artifactURI: "/mlruns/1/\(id)/artifacts"
            ),
            metrics: metrics.reduce(into: [:]) {
                $0[$1.key] = RunMetric($1.key, $1.value, timestamp: now)
            },
            params: params,
            tags: tags
        )
    }

    static let best = run(
        "3f2a9c1b",
        "best-42",
        metrics: [
            "test_log_loss": 0.3312, "test_log_loss_low": 0.31, "test_log_loss_high": 0.3521,
            "test_roc_auc": 0.8671, "training_seconds": 4.25, "test_profit": 412.5,
        ],
        params: ["model": "best", "seed": "42", "rows": "10000", "epochs": "50"]
    )

    static let seed = run(
        "77e0b1c4",
        "seed-42",
        hoursAgo: 3,
        metrics: [
            "test_log_loss": 0.3398, "test_log_loss_low": 0.318, "test_log_loss_high": 0.361,
            "test_roc_auc": 0.8571, "training_seconds": 0.21, "test_profit": 405.25,
        ],
        params: ["model": "seed", "seed": "42", "rows": "10000", "epochs": "40"]
    )

    /// A history of one value for each step from 0.
    static func history(_ key: String, _ values: [Double]) -> [RunMetric] {
        values.enumerated().map { RunMetric(key, $1, timestamp: now, step: Int64($0)) }
    }
}
