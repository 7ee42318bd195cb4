import Tracking

extension ModelPromotion {
    /// The file that a version was trained on, found by its digest: the rows that its training held out
    /// are there to judge it.
    ///
    /// - Parameters:
    ///   - version: The version.
    ///   - folders: Folders to search.
    /// - Returns: Its path.
    /// - Throws: `DataNotFound`, `GateError`, `TrackingError`, `ModelFolderError`.
    public func trainingData(of version: Int, below folders: [String]) async throws -> String {
        guard let found = try await store.version(version, of: name) else {
            throw notFound(version)
        }
        let saved = try await store.savedModel(at: found.source)
        guard let record = try? saved.record() else {
            throw GateError.noRecord(model: "version \(version) of \(name)")
        }
        // A version may outlive its run.
        let run = try? await store.run(found.runID)
        return try DataSearch(for: record, of: run, below: folders).path(digest: record.data.digest)
    }

    func notFound(_ version: Int) -> TrackingError {
        TrackingError(
            .notFound,
            at: store.address,
            "there is no version \(version) of \"\(name)\"; list what there is with"
                + " `retain models show \(name)`"
        )
    }
}
