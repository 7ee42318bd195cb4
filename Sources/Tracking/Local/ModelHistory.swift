import FoundationEssentials
import Output

/// The tag by which MLflow 2 knows which of a run's folders are models.
struct ModelHistory {
    static let tag = "mlflow.log-model.history"
    private let name: String
    private let run: String
    private let uuid: String

    /// Names a model by its folder and its own identifier; nil takes the run's.
    init(_ name: String, _ run: String, uuid: String? = nil) {
        self.name = name
        self.run = run
        self.uuid = uuid ?? run
    }

    /// The model's entry, an object.
    var entry: String {
        let entry: JSONValue = [
            "run_id": .string(run), "artifact_path": .string(name),
            "utc_time_created": .string(Self.time), "model_uuid": .string(uuid),
            "flavors": [
                "onnx": ["data": "model.onnx"],
                "python_function": ["loader_module": "mlflow.onnx", "data": "model.onnx"],
            ],
        ]
        return entry.text(.spaced)
    }

    /// The tag's value with this model in it; one that is in it already stays as it is.
    func added(to value: String?) -> String {
        guard let value, let names = Self.decoded(value), !names.isEmpty else {
            return "[\(entry)]"
        }
        if names.contains(name) { return value }
        // What other programs wrote into their entries stays to the letter.
        let end = value.lastIndex(of: "]") ?? value.endIndex
        let longer = "\(value[..<end]), \(entry)]"
        // Cut off, the tag would be no JSON any more.
        return longer.unicodeScalars.count <= TrackingLimits.tagLength ? longer : "[\(entry)]"
    }

    /// The names of the models in a tag's value.
    static func names(in json: String) -> [String] { decoded(json) ?? [] }

    /// The identifier that an `MLmodel` gives; nil where it gives none.
    static func uuid(inMLmodel text: String) -> String? {
        let key = "model_uuid:"
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else {
            return nil
        }
        let value = line.dropFirst(key.count).filter { $0.isASCII && ($0.isHexDigit || $0 == "-") }
        return value.isEmpty ? nil : value
    }

    private static func decoded(_ json: String) -> [String]? {
        struct Entry: Decodable {
            let artifactPath: String
            enum CodingKeys: String, CodingKey { case artifactPath = "artifact_path" }
        }
        return try? JSONDecoder().decode([Entry].self, from: Data(json.utf8)).map(\.artifactPath)
    }

    private static var time: String {
        Date().formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: true)
        ) + "000"
    }
}
