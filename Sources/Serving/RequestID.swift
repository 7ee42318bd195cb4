import Record

/// Names a request in logs: as its caller does, or as its prediction is named.
struct RequestID {
    let text: String

    init(_ fields: RequestFields, else id: PredictionID) {
        let given = fields.requestID.flatMap { Self.isPlain($0) ? $0 : nil }
        text = given ?? String(decoding: id.text, as: UTF8.self)
    }

    /// What can stand in a log without harm: up to 128 visible ASCII characters.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 128
            && text.utf8.allSatisfy { (0x21 ... 0x7E).contains($0) }
    }
}
