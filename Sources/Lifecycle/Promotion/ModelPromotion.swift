public import ChurnModel
public import Tracking
public import Training

/// Moves the champion of a registered model: through the gate, or back to an earlier one.
///
/// Every attempt is written down as an event before the alias moves. Where the program is killed in
/// between, the old champion stays in use and the trail says that a promotion did not come to its end; the
/// other way round, a move could stay without an event.
///
/// ```swift
/// let promotion = ModelPromotion(
///     try LocalStore("mlflow.db"),
///     name: "churn",
///     who: "ana",
///     now: { 1_700_000_000_000 }
/// )
/// let report = try await promotion.promote(
///     2,
///     through: PromotionGate(PromotionBounds()),
///     on: try CustomerFile("labelled.csv", threads: 2),
///     why: "trained on the customers of autumn"
/// )
/// print(report.passed, report.text)
/// ```
public struct ModelPromotion: Sendable {
    /// The store.
    public let store: any TrackingStore
    /// The registered model.
    public let name: String
    /// Who acts.
    public let who: String
    private let now: @Sendable () -> Int64

    /// Creates a workflow.
    ///
    /// - Parameters:
    ///   - store: Has the registered model.
    ///   - name: Its name.
    ///   - who: Who acts.
    ///   - now: The clock, milliseconds since 1970.
    public init(
        _ store: any TrackingStore,
        name: String,
        who: String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.name = name
        self.who = who
        self.now = now
    }

    /// Judges a version and makes it the champion if the gate lets it through.
    ///
    /// - Parameters:
    ///   - version: The version.
    ///   - gate: The gate.
    ///   - file: Labelled customers.
    ///   - why: What it is for.
    /// - Returns: What the gate found; where it `passed`, the alias was moved.
    /// - Throws: `PromotionError`, `TrackingError`, `ModelFolderError`, and what the gate throws.
    public func promote(
        _ version: Int,
        through gate: PromotionGate,
        on file: CustomerFile,
        why: String
    ) async throws -> GateReport {
        let trail = try await trail()
        if trail.champion == version, trail.explainsChampion {
            throw PromotionError.alreadyChampion(name: name, version: version)
        }
        // A champion that no event explains was never judged: it has to pass like any other.
        let opponent = trail.champion == version ? trail.chain.last : trail.champion
        let report = try gate.judge(
            try await candidate(version),
            against: try await candidate(opponent),
            on: file
        )
        let event = AuditEvent(
            report.passed ? .promote : .refuse,
            version: version,
            from: trail.champion,
            who: who,
            when: now(),
            why: why,
            gate: GateSummary(report)
        )
        try await write(event, after: trail)
        return report
    }

    /// Makes the champion before the present one champion again; it has passed the gate in its time.
    ///
    /// - Returns: The version that is champion now.
    /// - Throws: `PromotionError` where there is none; `TrackingError`.
    public func rollback(why: String) async throws -> Int {
        let trail = try await trail()
        guard let target = trail.rollbackTarget else {
            throw PromotionError.noEarlierChampion(name: name, champion: trail.champion)
        }
        guard try await store.version(target, of: name) != nil else {
            throw PromotionError.versionGone(name: name, version: target)
        }
        let event = AuditEvent(
            .rollback,
            version: target,
            from: trail.champion,
            who: who,
            when: now(),
            why: why
        )
        try await write(event, after: trail)
        return target
    }

    /// Writes down that a version was registered.
    ///
    /// - Throws: `TrackingError`.
    public func noteRegistration(of version: Int, why: String) async throws {
        let trail = try await trail()
        let event = AuditEvent(
            .register,
            version: version,
            from: trail.champion,
            who: who,
            when: now(),
            why: why
        )
        try await store.setTag(trail.key(now: event.when), event.tag(), ofModel: name)
    }

    /// What happened to the model.
    ///
    /// - Throws: `TrackingError` of kind `notFound` where there is no such model.
    public func trail() async throws -> AuditTrail {
        guard let model = try await store.registeredModel(name) else {
            throw TrackingError(
                .notFound,
                at: store.address,
                "there is no registered model \"\(name)\"; list what there is with"
                    + " `retain models list`"
            )
        }
        return AuditTrail(model)
    }

    /// Writes the event, then moves the alias if it is to move.
    private func write(_ event: AuditEvent, after trail: AuditTrail) async throws {
        // Judging takes a while, in which someone else may have acted.
        let latest = try await self.trail()
        guard latest.champion == trail.champion else {
            throw PromotionError.championMoved(
                name: name,
                from: trail.champion,
                to: latest.champion
            )
        }
        try await store.setTag(latest.key(now: event.when), event.tag(), ofModel: name)
        guard event.action != .refuse else { return }
        try await store.setAlias(AuditTrail.alias, of: name, to: event.version)
    }

    private func candidate(_ version: Int?) async throws -> PromotionGate.Candidate? {
        guard let version else { return nil }
        return try await candidate(version)
    }

    private func candidate(_ version: Int) async throws -> PromotionGate.Candidate {
        guard let found = try await store.version(version, of: name) else {
            throw notFound(version)
        }
        return PromotionGate.Candidate(
            name: "version \(version) of \(name)",
            saved: try await store.savedModel(at: found.source)
        )
    }
}

extension RunStore {
    /// A model and what was saved with it, checked.
    ///
    /// - Parameters:
    ///   - source: As for `modelFiles`.
    ///   - name: What errors call it; nil for `source`.
    /// - Returns: The model.
    /// - Throws: `TrackingError`, or `ModelFolderError` where it is no model folder of Retain.
    public func savedModel(at source: String, named name: String? = nil) async throws -> SavedModel
    {
        let files = try await modelFiles(at: source)
        do throws(ModelFolderError) {
            return try SavedModel(files: files.map { ModelFile(path: $0.path, bytes: $0.bytes) })
        } catch {
            var error = error
            error.folder = name ?? source
            throw error
        }
    }
}

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
