/// Looks at the machine every ten seconds while work goes on, as MLflow does, and at its end.
public struct SystemSampler: Sendable {
    private let task: Task<[RunMetric], Never>

    /// Starts to look.
    ///
    /// - Parameters:
    ///   - interval: Time between two looks.
    ///   - now: The time, in milliseconds since 1970.
    public init(
        every interval: Duration = .seconds(10),
        now: @escaping @Sendable () -> Int64
    ) {
        task = Task.detached(priority: .background) {
            var last = SystemMetrics()
            var metrics: [RunMetric] = []
            for step in 0 ..< Int64.max {
                let isOver = (try? await Task.sleep(for: interval)) == nil
                last = SystemMetrics(since: last)
                metrics += last.values.sorted { $0.key < $1.key }
                    .map { RunMetric($0.key, $0.value, timestamp: now(), step: step) }
                if isOver { break }
            }
            return metrics
        }
    }

    /// Looks once more, and stops.
    ///
    /// - Returns: What was seen, in order.
    public func end() async -> [RunMetric] {
        task.cancel()
        return await task.value
    }
}
