public import ChurnModel
public import Output
public import Tracking
public import Training

/// The version of a registered model that is in use, and how it came to be.
public struct Champion: Sendable {
    /// The alias of the latest challenger.
    public static let challengerAlias = "challenger"

    /// The registered model.
    public let name: String
    /// The version.
    public let version: Int
    /// The model.
    public let saved: SavedModel
    /// How it came to be.
    public let record: TrainingRecord
    /// When its training began, milliseconds since 1970: what was known only afterwards is new to it.
    public let trained: Int64

    /// Looks a model's champion up.
    ///
    /// - Parameters:
    ///   - name: The registered model.
    ///   - store: The store.
    /// - Throws: `NoChampion`, `TrackingError`, `ModelFolderError`, `GateError` where the model does not tell how it
    ///   came to be.
    public init(of name: String, in store: any TrackingStore) async throws {
        guard let version = try await store.version(alias: AuditTrail.alias, of: name) else {
            throw NoChampion(name: name, address: store.address)
        }
        self.name = name
        self.version = version.version
        saved = try await store.savedModel(at: version.source)
        do {
            record = try saved.record()
        } catch {
            throw GateError.noRecord(model: "version \(version.version) of \(name)")
        }
        // A version may outlive its run.
        trained = (try? await store.run(version.runID))?.info.start ?? version.created
    }
}

/// There is no champion to make a challenger to.
public struct NoChampion: RetainError, Equatable {
    /// The registered model.
    public let name: String
    /// The store.
    public let address: String

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, where, how to fix it.
    public var description: String {
        "\(address): \(name) has no champion to train a challenger to; `retain train DATA --register \(name)` and"
            + " `retain models promote \(name) 1` make the first"
    }
}
