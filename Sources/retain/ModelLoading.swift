import ChurnModel
import Lifecycle
import Tracking

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
    guard ModelAddress(source) != nil else { return (try ModelFolder.load(from: source), nil) }
    return try await tracking.withStore { store in
        let version = try await store.version(source)
        let saved = try await store.savedModel(at: version?.source ?? source, named: source)
        return (saved, version)
    }
}

extension RunStore where Self: ModelRegistry {
    /// The version that a source names by number or alias; nil for any other source.
    func version(_ source: String) async throws -> ModelVersion? {
        let found: ModelVersion?
        let wanted: String
        switch ModelAddress(source) {
        case .alias(let alias, let name):
            wanted = "alias \"\(alias)\" of \"\(name)\""
            found = try await version(alias: alias, of: name)
        case .version(let number, let name):
            wanted = "version \(number) of \"\(name)\""
            found = try await version(number, of: name)
        case .incomplete:
            throw TrackingError(
                .invalid,
                at: address,
                "\(source) is none of runs:/ID/model, models:/NAME/VERSION and models:/NAME@ALIAS"
            )
        case .run, .logged, nil: return nil
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
