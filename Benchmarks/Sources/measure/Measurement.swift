/// One thing measured in several runs.
struct Measurement: Codable, Sendable {
    /// Names it for scripts, such as `training.fit`.
    let name: String
    /// Names it for people.
    let title: String
    /// Of the three numbers: `s`, `µs`, `MB/s` (10⁶ bytes), `rows/s`, `GFLOP/s`.
    let unit: String
    let median: Double
    let min: Double
    let max: Double
    let runs: Int

    /// Sums up `values`, one for each run, at least one.
    init(_ name: String, _ title: String, unit: String, values: [Double]) {
        precondition(!values.isEmpty, "\(name): nothing was measured")
        let sorted = values.sorted()
        self.name = name
        self.title = title
        self.unit = unit
        median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        min = sorted[0]
        max = sorted[sorted.count - 1]
        runs = sorted.count
    }
}

/// Takes times: each piece of work once unmeasured, to warm caches, then in several runs.
struct Stopwatch: Sendable {
    let runs: Int

    /// The seconds that each run took.
    func seconds(_ work: () throws -> Void) rethrows -> [Double] {
        try work()
        return try (0 ..< runs).map { _ in
            let elapsed = try ContinuousClock().measure(work)
            return elapsed / .seconds(1)
        }
    }
}
