import Drift
import FoundationEssentials
import HTTPTypes
import Logging
import Output
import Record
import Synchronization

extension PredictionService {
    /// Lets the watch count what was predicted, and look if it is time.
    func watch(_ batches: [PredictionQueue.Batch]) async {
        guard let watch else { return }
        let served = slot.current
        if watch.digest != served.digest { watch.begin(served, kept: await kept(served)) }
        for batch in batches { watch.count(batch) }
        guard watch.isDue() else { return }
        if await leadsWatch(of: served) {
            if let look = watch.look() { await tell(look) }
        } else {
            await followWatch(of: served)
        }
        await refreshPerformance()
    }

    /// Whether this service is the one of those with this record that looks; then it has what the others counted.
    private func leadsWatch(of served: ServedModel) async -> Bool {
        guard let log, let watch else { return true }
        let name = Self.stateName(served.digest)
        do {
            let now = Int64(PredictionID().milliseconds)
            guard
                try await log.takeLease(
                    name,
                    holder: holder,
                    now: now,
                    for: watch.settings.leaseMilliseconds
                )
            else {
                leads.withLock { $0 = false }
                return false
            }
            if leads.withLock({ leads in
                defer { leads = true }
                return !leads
            }), let kept = await kept(served) {
                // Another one looked until now.
                watch.follow(kept)
            }
            for content in try await log.takeHandovers(named: name) {
                let traffic = try? JSONDecoder().decode(CountedTraffic.self, from: content)
                if traffic.map(watch.add) != true {
                    logger.warning("counts of another service do not fit and are left out")
                }
            }
            return true
        } catch {
            logger.error("it can't be told who looks for drift", metadata: ["error": "\(error)"])
            // Others may reach a shared record: two that look at parts of the traffic would err twice as often.
            return !log.isShared && leads.withLock(\.self)
        }
    }

    /// Hands over what was counted here, and thinks what the one that looks does.
    private func followWatch(of served: ServedModel) async {
        guard let log, let watch else { return }
        var counted = watch.handOver()
        do {
            if let traffic = counted {
                try await log.handOver(
                    Data(encodedJSON(traffic)),
                    named: Self.stateName(served.digest)
                )
                counted = nil
            }
            if let kept = await kept(served) { watch.follow(kept) }
        } catch {
            // For the next time, unless they may be there already: what counts twice would make alarms of nothing.
            if let counted, (error as? RecordStoreError)?.isUndecided != true {
                _ = watch.add(counted)
            }
            logger.error(
                "counts can't be handed over to the service that looks for drift",
                metadata: ["error": "\(error)"]
            )
        }
    }

    /// Lets another service look at once, instead of when this one is missed.
    func leaveWatch() async {
        let wasLeading = leads.withLock { leads in
            defer { leads = false }
            return leads
        }
        guard let log, wasLeading else { return }
        let name = Self.stateName(slot.current.digest)
        try? await log.releaseLease(name, holder: holder)
    }

    /// What an earlier process knew of a model's traffic.
    private func kept(_ served: ServedModel) async -> SequentialDrift? {
        do {
            let state = try await log?.state(named: Self.stateName(served.digest))
            return try state.map { try JSONDecoder().decode(SequentialDrift.self, from: $0) }
        } catch {
            logger.warning(
                "what was known of drift can't be read; the watch begins anew",
                metadata: ["model": "\(served.label)", "error": "\(error)"]
            )
            return nil
        }
    }

    private static func stateName(_ digest: String) -> String { "drift \(digest)" }

    /// Keeps what a look found, and tells of verdicts that changed.
    private func tell(_ look: TrafficWatch.Look) async {
        let time = Int64(PredictionID().milliseconds)
        let events = look.changes.map { change in
            WebhookEvent(
                type: DriftChange.kind,
                time: time,
                data: DriftChangeAnswer(change, look.snapshot).json
            )
        }
        for (change, event) in zip(look.changes, events) {
            logger.notice(
                change.verdict.isDrifted ? "a column has drifted" : "a column drifts no more",
                metadata: [
                    "model": "\(look.snapshot.model)", "column": "\(change.verdict.column)",
                    "effect": "\(change.verdict.effect)",
                ]
            )
            webhooks?.add(event)
        }
        do {
            try await log?.keep(
                events.map {
                    AuditEntry(
                        time: time,
                        kind: $0.type,
                        detail: String(decoding: $0.data, as: UTF8.self)
                    )
                },
                state: Data(encodedJSON(look.state)),
                named: Self.stateName(look.digest)
            )
        } catch {
            logger.error("what is known of drift can't be kept", metadata: ["error": "\(error)"])
        }
    }

    /// The verdicts on the served model's columns that changed, the earliest first, as far back as the record keeps them.
    ///
    /// - Throws: `RecordStoreError`.
    package func driftChanges() async throws -> [DriftChange] {
        let label = slot.current.label
        let entries = try await log?.audit(newest: Self.mostChanges) ?? []
        return entries.reversed().compactMap { entry in
            guard entry.kind == DriftChange.kind,
                let told = try? JSONDecoder().decode(
                    DriftChange.Detail.self,
                    from: Data(entry.detail.utf8)
                ), told.model == label
            else { return nil }
            return DriftChange(
                time: entry.time,
                column: told.changed.column,
                isDrifted: told.changed.drift
            )
        }
    }

    private static let mostChanges = 10_000

    /// `GET /drift`: what is thought of the traffic, column by column.
    ///
    /// With what the model is expected to be worth on it, and what it turned out to be.
    func drift() async throws -> Reply {
        guard let watch else {
            throw Problem(.notFound, "This service does not watch for drift (--drift-window 0).")
        }
        let served = slot.current
        let snapshot = watch.snapshot
        let performance = try await performance(of: served)
        return Reply(DriftAnswer(snapshot, served, watch.settings, performance).json)
    }

    /// Adds what is thought of the traffic.
    func writeDrift(to page: inout MetricsPage) {
        guard let snapshot = watch?.snapshot else { return }
        page.family("retain_drift_looks_total", .counter, "Looks at the traffic of this model.")
        page.sample([], snapshot.looks)
        page.family("retain_drift_verdict", .gauge, "1 where the column has drifted, else 0.")
        for verdict in snapshot.verdicts {
            page.sample([("column", verdict.column)], verdict.isDrifted ? 1 : 0)
        }
        page.family(
            "retain_drift_effect_ratio",
            .gauge,
            "Share of the newest predictions that lie elsewhere than in the reference."
        )
        for verdict in snapshot.verdicts {
            page.sample([("column", verdict.column)], verdict.effect)
        }
        page.family(
            "retain_drift_evidence_ratio",
            .gauge,
            "Evidence of drift over what an alarm needs, both as logarithms."
        )
        for verdict in snapshot.verdicts {
            let ratio = verdict.evidence / verdict.evidenceNeeded
            page.sample([("column", verdict.column)], ratio)
        }
        guard let status = webhooks?.status else { return }
        page.family("retain_webhooks_total", .counter, "Webhooks by what became of them.")
        page.sample([("result", "delivered")], status.delivered)
        page.sample([("result", "failed")], status.failed)
        page.sample([("result", "dropped")], status.dropped)
    }
}
