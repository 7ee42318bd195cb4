import Features
import Logging
import Record
public import ServiceLifecycle
import Synchronization

/// Writes down what was predicted, and asks the shadow, beside the answers and never before them.
///
/// Four times a second it takes what waits and writes it in one transaction, so that a killed process loses less than
/// the last second. Told to stop, it writes what is left; it must be told after the server is.
public actor PredictionRecorder: Service {
    private let service: PredictionService
    private var comparison: ShadowComparison?
    private var nextPrune = ContinuousClock.now
    private static let pause = Duration.milliseconds(250)
    private static let prunePause = Duration.seconds(600)

    /// Records a service's predictions.
    public init(_ service: PredictionService) { self.service = service }

    /// Works until the service is told to stop.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.pause)) != nil { await self.work() }
        }
        await work()
        // As with work: told to stop, it must be done all the same.
        await Task { await service.leaveWatch() }.value
    }

    /// Writes what waits and removes what is old, to the end even where the service is told to stop meanwhile.
    private func work() async {
        await Task {
            await record()
            guard ContinuousClock.now >= nextPrune else { return }
            nextPrune = .now + Self.prunePause
            await prune()
        }.value
    }

    private func record() async {
        var batches = service.queue.take()
        await service.watch(batches)
        guard !batches.isEmpty else { return }
        for place in batches.indices {
            batches[place].predictions.shadow = compare(batches[place])
        }
        await service.write(batches.map(\.predictions))
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
            let now = PredictionID().milliseconds
            let horizon = service.slot.current.horizonDays
            let count =
                try await service.log?.prune(now: Int64(now), horizonDays: horizon) ?? 0
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
    fileprivate func write(_ batches: [PredictionBatch]) async {
        guard let log, !batches.isEmpty else { return }
        let rows = batches.reduce(0) { $0 + $1.count }
        do {
            try await log.append(batches)
            metrics.written.add(rows, ordering: .relaxed)
        } catch {
            metrics.lost.add(rows, ordering: .relaxed)
            logger.error(
                "predictions can't be written down",
                metadata: ["rows": "\(rows)", "error": "\(error)"]
            )
        }
    }
}
