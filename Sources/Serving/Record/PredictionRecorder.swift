import Features
import Logging
import Record
public import ServiceLifecycle
import Synchronization

/// Writes down what was predicted, and asks the shadow, beside the answers and never before them.
///
/// Four times a second it takes what waits and writes it in one transaction, so that a killed process loses less than
/// the last second. While the record is away what was taken waits with what comes, as long as the queue has room. Told to
/// stop, it writes what is left; it must be told after the server is.
public actor PredictionRecorder: Service {
    private let service: PredictionService
    private var comparison: ShadowComparison?
    private var nextPrune = ContinuousClock.now
    private var nextJoin = ContinuousClock.now
    /// Predictions that could not be written down so far.
    private var unwritten: [PredictionBatch] = []
    private static let pause = Duration.milliseconds(250)
    private static let prunePause = Duration.seconds(600)
    private static let joinPause = Duration.seconds(1)

    /// Records a service's predictions.
    public init(_ service: PredictionService) { self.service = service }

    /// Works until the service is told to stop.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.pause)) != nil { await self.work() }
        }
        await work(isLast: true)
        // As with work: told to stop, it must be done all the same.
        await Task { await service.leaveWatch() }.value
    }

    /// Writes what waits and removes what is old, to the end even where the service is told to stop meanwhile.
    private func work(isLast: Bool = false) async {
        await Task {
            await record(isLast: isLast)
            if ContinuousClock.now >= nextJoin {
                nextJoin = .now + Self.joinPause
                await service.joinWaitingOutcomes()
            }
            guard ContinuousClock.now >= nextPrune else { return }
            nextPrune = .now + Self.prunePause
            await prune()
        }.value
    }

    private func record(isLast: Bool) async {
        var batches = service.queue.take()
        await service.watch(batches)
        guard !batches.isEmpty || !unwritten.isEmpty else { return }
        for place in batches.indices {
            batches[place].predictions.shadow = compare(batches[place])
        }
        let isRetry = !unwritten.isEmpty
        unwritten += batches.map(\.predictions)
        guard await service.write(unwritten, isRetry: isRetry, isLast: isLast) else {
            return service.queue.hold(unwritten.reduce(0) { $0 + $1.count })
        }
        unwritten = []
        service.queue.finish()
    }

    /// Asks the shadow about the same customers; nil where there is none that understands them.
    private func compare(_ batch: PredictionQueue.Batch) -> PredictionBatch.Shadow? {
        guard let shadow = service.shadow.withLock(\.self) else {
            comparison = nil
            return nil
        }
        if comparison?.shadow.digest != shadow.digest || comparison?.digest != batch.served.digest {
            do {
                comparison = try ShadowComparison(shadow, beside: batch.served)
            } catch {
                service.logger.error(
                    "the shadow can't be asked",
                    metadata: ["shadow": "\(shadow.label)", "error": "\(error)"]
                )
                service.shadow.withLock { $0 = nil }
                return nil
            }
        }
        guard let comparison else { return nil }
        let others = comparison.predict(batch.predictions.rows)
        service.shadowCounts.withLock {
            $0.add(batch.served, batch.predictions.probabilities, shadow, others)
        }
        return PredictionBatch.Shadow(model: shadow.logged, probabilities: others)
    }

    private func prune() async {
        do {
            guard let log = service.log else { return }
            let now = Int64(PredictionID().milliseconds)
            // Of those with this record one does it, until the next time.
            guard
                try await log.takeLease(
                    "prune",
                    holder: service.holder,
                    now: now,
                    for: Self.prunePause.components.seconds * 1_000 - 30_000
                )
            else { return }
            let horizon = service.slot.current.horizonDays
            let count = try await log.prune(now: now, horizonDays: horizon)
            if count > 0 {
                service.logger.notice("old predictions removed", metadata: ["count": "\(count)"])
            }
        } catch {
            service.logger.error("old predictions stay", metadata: ["error": "\(error)"])
        }
    }
}

extension PredictionService {
    /// Writes batches down; what can't be written is counted and told.
    ///
    /// - Parameters:
    ///   - batches: May have been tried before.
    ///   - isRetry: Whether they could not be written a moment ago.
    ///   - isLast: Whether they can't be tried again.
    /// - Returns: Whether they are done with; false where the record is away and may be back in a moment.
    fileprivate func write(_ batches: [PredictionBatch], isRetry: Bool, isLast: Bool) async -> Bool
    {
        guard let log, !batches.isEmpty else { return true }
        let rows = batches.reduce(0) { $0 + $1.count }
        do {
            try await log.append(batches)
            metrics.written.add(rows, ordering: .relaxed)
            if isRetry {
                logger.notice("the record is back", metadata: ["rows": "\(rows)"])
            }
        } catch {
            if error.isPassing, !isLast {
                if !isRetry {
                    logger.warning(
                        "the record is away; predictions wait, as long as there is room",
                        metadata: ["room": "\(PredictionQueue.capacity)", "error": "\(error)"]
                    )
                }
                return false
            }
            metrics.lost.add(rows, ordering: .relaxed)
            logger.error(
                "predictions can't be written down",
                metadata: ["rows": "\(rows)", "error": "\(error)"]
            )
        }
        return true
    }

    /// Joins outcomes that waited to the predictions that came, and tells of those whose prediction did not.
    fileprivate func joinWaitingOutcomes() async {
        guard let log, log.isShared else { return }
        do {
            let found = try await log.recordWaiting(now: Int64(PredictionID().milliseconds))
            guard !found.isEmpty else { return }
            var counts = OutcomeCounts(most: 0)
            var lost: [String] = []
            for (place, (outcome, receipt)) in found.enumerated() {
                counts.add(receipt, of: outcome, place: place)
                if case .prediction(let id) = outcome.subject, !receipt.isMatched {
                    lost.append(id)
                }
            }
            metrics.count(counts)
            guard counts.unmatched > 0 else { return }
            logger.warning(
                "outcomes waited in vain for their predictions",
                metadata: [
                    "count": "\(counts.unmatched)",
                    "predictions": "\(lost.prefix(10).joined(separator: " "))",
                ]
            )
        } catch {
            // Of a record that is away the predictions tell.
            guard !error.isPassing else { return }
            logger.error("waiting outcomes can't be joined", metadata: ["error": "\(error)"])
        }
    }
}
