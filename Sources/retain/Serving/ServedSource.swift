import ChurnModel
import Files
import FoundationEssentials
import Lifecycle
import Serving
import Tracking

/// A model as the service names it, and where a newer one would come from.
struct ServedSource: Sendable {
    private let text: String
    /// What the model is called; nil for the version's name, or the folder's.
    private let name: String?
    private let tracking: TrackingOptions
    /// Whether a champion need not have come through the gate.
    private let takesUngated: Bool

    init(_ text: String, named name: String?, _ tracking: TrackingOptions, takesUngated: Bool) {
        self.text = text
        self.name = name
        self.tracking = tracking
        self.takesUngated = takesUngated
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
        if let version { try await tracking.withStore { try await checkGate(version, in: $0) } }
        let name = name ?? version?.name ?? URL(filePath: text).lastPathComponent
        return try ServedModel(saved, name: name, version: version.map { "\($0.version)" })
    }

    /// What is there now: the version and whether it came through the gate, or what the folder's manifest says.
    private func identity() async throws -> String {
        guard ModelAddress(text) != nil else {
            let manifest = try BlockReader.contents(of: text + "/" + Manifest.path)
            return String(decoding: manifest, as: UTF8.self)
        }
        return try await tracking.withStore { store in
            guard let version = try await store.version(text) else { return text }
            let identity = "\(version.name)/\(version.version)"
            do {
                try await checkGate(version, in: store)
                return identity
            } catch is UngatedChampion {
                // Another one once the gate has let it through.
                return identity + " without the gate"
            }
        }
    }

    private func checkGate(_ version: ModelVersion, in store: any TrackingStore) async throws {
        guard !takesUngated, let at = text.lastIndex(of: "@") else { return }
        try await store.checkGate(version, under: String(text[text.index(after: at)...]))
    }
}
