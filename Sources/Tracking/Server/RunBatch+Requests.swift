/// One request that adds to a run.
struct BatchRequest: Encodable, Equatable {
    var runId: String
    var metrics: [Entry] = []
    var params: [Text] = []
    var tags: [Text] = []

    struct Entry: Encodable, Equatable {
        var key: String
        var value: Double
        var timestamp: Int64
        var step: Int64
    }

    struct Text: Encodable, Equatable {
        var key: String
        var value: String
    }
}

extension RunBatch {
    /// The batch in requests that are as long as servers take them.
    func requests(run: String) -> [BatchRequest] {
        let most = TrackingLimits.batchEntries
        let params = texts(self.params, TrackingLimits.paramLength)
        let tags = texts(self.tags, TrackingLimits.tagLength)
        var requests: [BatchRequest] = []
        for start in stride(from: 0, to: max(params.count, tags.count), by: most) {
            requests.append(
                BatchRequest(
                    runId: run,
                    params: Array(params.dropFirst(start).prefix(most)),
                    tags: Array(tags.dropFirst(start).prefix(most))
                )
            )
        }
        let size = TrackingLimits.batchMetrics
        for start in stride(from: 0, to: metrics.count, by: size) {
            let part = metrics[start ..< min(start + size, metrics.count)]
            requests.append(
                BatchRequest(
                    runId: run,
                    metrics: part.map {
                        BatchRequest.Entry(
                            key: $0.key,
                            value: $0.value,
                            timestamp: $0.timestamp,
                            step: $0.step
                        )
                    }
                )
            )
        }
        return requests
    }

    private func texts(_ values: [String: String], _ length: Int) -> [BatchRequest.Text] {
        values.sorted { $0.key < $1.key }
            .map { BatchRequest.Text(key: $0.key, value: String($0.value.prefix(length))) }
    }
}
