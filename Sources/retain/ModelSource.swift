import ChurnModel
import Tracking
import Training

/// Reads a model: a folder, or one that a store keeps (`runs:/ID/model`, `models:/NAME/VERSION`,
/// `models:/NAME@ALIAS`).
///
/// - Throws: `ModelFolderError`, `FileError`, `TrackingError`.
func loadModel(_ source: String, _ tracking: TrackingOptions) async throws -> SavedModel {
    try await loadVersion(source, tracking).model
}

/// Reads a model as `loadModel` does, and tells its version where the source is one of the registry's.
func loadVersion(
    _ source: String,
    _ tracking: TrackingOptions
) async throws -> (model: SavedModel, version: ModelVersion?) {
    guard source.hasPrefix("runs:/") || source.hasPrefix("models:/") else {
        return (try ModelFolder.load(from: source), nil)
    }
    return try await tracking.withStore { store in
        let version = try await store.version(source)
        let saved = try await store.savedModel(at: version?.source ?? source, named: source)
        return (saved, version)
    }
}

extension RunStore where Self: ModelRegistry {
    /// The version that a source names by number or alias; nil for any other source.
    func version(_ source: String) async throws -> ModelVersion? {
        guard source.hasPrefix("models:/"), !source.hasPrefix("models:/m-") else { return nil }
        let name = source.dropFirst("models:/".count)
        let found: ModelVersion?
        let wanted: String
        if let at = name.lastIndex(of: "@") {
            wanted = "alias \"\(name[name.index(after: at)...])\" of \"\(name[..<at])\""
            found = try await version(
                alias: String(name[name.index(after: at)...]),
                of: String(name[..<at])
            )
        } else if let slash = name.lastIndex(of: "/"),
            let number = Int(name[name.index(after: slash)...])
        {
            wanted = "version \(number) of \"\(name[..<slash])\""
            found = try await version(number, of: String(name[..<slash]))
        } else {
            throw TrackingError(
                .invalid,
                at: address,
                "\(source) is neither models:/NAME/VERSION nor models:/NAME@ALIAS"
            )
        }
        guard let found else {
            throw TrackingError(
                .notFound,
                at: address,
                "there is no \(wanted); `retain models list` shows what there is"
            )
        }
        return found
    }
}
