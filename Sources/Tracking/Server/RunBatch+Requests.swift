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

        /// Bytes of its JSON, at most.
        var size: Int { key.jsonSize + 120 }
    }

    struct Text: Encodable, Equatable {
        var key: String
        var value: String

        /// Bytes of its JSON, at most.
        var size: Int { key.jsonSize + value.jsonSize + 24 }
    }
}

extension RunBatch {
    /// Bytes of a request's body; servers take 1 MB.
    static let mostBytes = 900_000

    /// The batch in requests that are as long as servers take them.
    func requests(run: String) -> [BatchRequest] {
        var requests: [BatchRequest] = []
        var current = BatchRequest(runId: run)
        var (bytes, count) = (0, 0)
        func make(room size: Int, _ hasRoom: Bool) {
            if !hasRoom || count == TrackingLimits.batchMetrics || bytes + size > Self.mostBytes {
                requests.append(current)
                current = BatchRequest(runId: run)
                (bytes, count) = (0, 0)
            }
            bytes += size
            count += 1
        }
        for param in texts(params, TrackingLimits.paramLength) {
            make(room: param.size, current.params.count < TrackingLimits.batchEntries)
            current.params.append(param)
        }
        for tag in texts(tags, TrackingLimits.tagLength) {
            make(room: tag.size, current.tags.count < TrackingLimits.batchEntries)
            current.tags.append(tag)
        }
        for metric in metrics {
            let entry = BatchRequest.Entry(
                key: metric.key,
                value: metric.value,
                timestamp: metric.timestamp,
                step: metric.step
            )
            make(room: entry.size, true)
            current.metrics.append(entry)
        }
        return count == 0 ? requests : requests + [current]
    }

    private func texts(_ values: [String: String], _ length: Int) -> [BatchRequest.Text] {
        values.sorted { $0.key < $1.key }.map {
            BatchRequest.Text(key: $0.key, value: TrackingLimits.cut($0.value, length))
        }
    }
}

extension String {
    /// Bytes as JSON between its quotes.
    fileprivate var jsonSize: Int {
        utf8.reduce(0) { size, byte in
            switch byte {
            case ..<0x20, 0x7F: size + 6
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): size + 2
            default: size + 1
            }
        }
    }
}
