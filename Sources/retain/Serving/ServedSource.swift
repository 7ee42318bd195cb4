import ChurnModel
import Files
import FoundationEssentials
import Serving
import Tracking

/// A model as the service names it, and where a newer one would come from.
struct ServedSource: Sendable {
    private let text: String
    private let tracking: TrackingOptions

    init(_ text: String, _ tracking: TrackingOptions) {
        self.text = text
        self.tracking = tracking
    }

    /// Reads the model for the first time.
    func begin() async throws -> (served: ServedModel, source: ModelSource) {
        // Before the model: one that comes in between is then seen as new.
        let current = try await identity()
        let served = try await load()
        let source = ModelSource(current: current) {
            try await self.identity()
        } load: {
            try await self.load()
        }
        return (served, source)
    }

    private func load() async throws -> ServedModel {
        let (saved, version) = try await loadVersion(text, tracking)
        let name = version?.name ?? URL(filePath: text).lastPathComponent
        return try ServedModel(saved, name: name, version: version.map { "\($0.version)" })
    }

    /// What is there now: the version, or what the folder's manifest says.
    private func identity() async throws -> String {
        if text.hasPrefix("runs:/") { return text }
        guard text.hasPrefix("models:/") else {
            let manifest = try BlockReader.contents(of: text + "/retain/manifest.json")
            return String(decoding: manifest, as: UTF8.self)
        }
        let version = try await tracking.withStore { try await $0.version(text) }
        return version.map { "\($0.name)/\($0.version)" } ?? text
    }
}
