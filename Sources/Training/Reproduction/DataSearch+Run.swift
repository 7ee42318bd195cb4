private import FoundationEssentials
public import Tracking

extension DataSearch {
    /// A search for what a model was trained on: first where its run says that it was, then under its name
    /// in the folders, then among all their CSV files.
    ///
    /// - Parameters:
    ///   - record: How the model came to be.
    ///   - run: Its run; nil where there is none.
    ///   - folders: Folders to search.
    public init(for record: TrainingRecord, of run: Run?, below folders: [String]) {
        let recorded = (run?.inputs ?? []).compactMap { Self.path(inSource: $0.source) }
        let named = folders.map { $0 == "." ? record.data.name : $0 + "/" + record.data.name }
        self.init(first: recorded + named, folders: folders)
    }

    /// The path in a source: an object with `uri`, `path` or `url`, or the path itself.
    static func path(inSource source: String) -> String? {
        let fields = try? JSONDecoder().decode([String: String].self, from: Data(source.utf8))
        let place = fields.map { $0["uri"] ?? $0["path"] ?? $0["url"] } ?? source
        guard var place, !place.isEmpty else { return nil }
        if place.hasPrefix("file://") { place.removeFirst("file://".count) }
        return place.contains("://") ? nil : place
    }
}
