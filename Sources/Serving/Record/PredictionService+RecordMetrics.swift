import Synchronization

extension PredictionService {
    /// Adds what became of predictions after they were answered.
    func writeRecord(to page: inout MetricsPage) {
        page.family("retain_log_queue_rows", .gauge, "Predictions that wait to be written down.")
        page.sample([], queue.count)
        page.family("retain_log_written_total", .counter, "Predictions written down.")
        page.sample([], metrics.written.load(ordering: .relaxed))
        page.family("retain_log_dropped_total", .counter, "Predictions not written down.")
        page.sample([("reason", "queue_full")], queue.dropped)
        page.sample([("reason", "error")], metrics.lost.load(ordering: .relaxed))
        guard let shadow = shadow.withLock(\.self) else { return }
        let counts = shadowCounts.withLock(\.self)
        page.family("retain_shadow_info", .gauge, "The model that is asked beside.")
        page.sample([("name", shadow.name), ("version", shadow.version)], 1)
        page.family(
            "retain_shadow_difference",
            .histogram,
            "Between the probabilities of the model that answers and of the shadow."
        )
        page.histogram([], ShadowCounts.bounds, counts.buckets, sum: counts.sum)
        page.family(
            "retain_shadow_decisions_total",
            .counter,
            "Customers by what the model that answers decides and what the shadow does."
        )
        for (served, name) in ["stays", "leaves"].enumerated() {
            for (other, otherName) in ["stays", "leaves"].enumerated() {
                page.sample(
                    [("served", name), ("shadow", otherName)],
                    counts.decisions[served][other]
                )
            }
        }
    }
}
