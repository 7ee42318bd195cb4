import Logging
public import ServiceLifecycle
import Synchronization
import UnixSignals

/// Takes over what changed outside: a new version under an alias, renewed certificates, other keys.
///
/// It looks now and then, on SIGHUP and on `POST /admin/reload`. What is new and bad is told and left; the old goes on.
public final class ServiceRefresh: Service {
    private let service: PredictionService
    private let model: AliasWatcher
    private let shadow: AliasWatcher?
    private let keys: (@Sendable () throws -> APIKeys)?
    private let pause: Duration
    private let running = Mutex<Task<Bool, Never>?>(nil)

    /// Follows what a service was made of.
    ///
    /// - Parameters:
    ///   - service: Gets what is new.
    ///   - model: Of the model that answers.
    ///   - shadow: Of the model that is compared with it.
    ///   - keys: Reads the keys; nil where there are none.
    ///   - pause: Time between two looks.
    public init(
        _ service: PredictionService,
        model: ModelSource,
        shadow: ModelSource? = nil,
        keys: (@Sendable () throws -> APIKeys)? = nil,
        every pause: Duration = .seconds(10)
    ) {
        self.service = service
        self.model = AliasWatcher(model)
        self.shadow = shadow.map(AliasWatcher.init)
        self.keys = keys
        self.pause = pause
        service.reload.withLock { $0 = { [weak self] in await self?.now(isAsked: true) ?? false } }
    }

    /// Looks until the service is told to stop.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask {
                    while (try? await Task.sleep(for: self.pause)) != nil { _ = await self.now() }
                }
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) {
                        _ = await self.now(isAsked: true)
                    }
                }
            }
        }
    }

    /// Looks once; whoever asks while it looks gets the same answer.
    ///
    /// - Parameter isAsked: True to try even what was refused before.
    /// - Returns: Whether another model answers now.
    public func now(isAsked: Bool = false) async -> Bool {
        let task = running.withLock { running in
            if let running { return running }
            let task = Task {
                defer { self.running.withLock { $0 = nil } }
                return await self.look(isAsked)
            }
            running = task
            return task
        }
        return await task.value
    }

    private func look(_ isAsked: Bool) async -> Bool {
        refreshCertificate()
        if isAsked { refreshKeys() }
        await refreshShadow(isAsked)
        let served = service.slot.current
        switch await model.look(isAsked, at: served) {
        case .same: return false
        case .changed(let next):
            service.slot.set(next)
            service.metrics.countRefresh(.changed)
            service.logger.notice(
                "another model answers",
                metadata: ["model": "\(next.label)", "before": "\(served.label)"]
            )
            return true
        case .refused(let reason):
            service.metrics.countRefresh(.refused)
            service.logger.error(
                "a new model was refused, the old one goes on",
                metadata: ["model": "\(served.label)", "error": "\(reason)"]
            )
            return false
        case .unreachable(let reason):
            service.metrics.countRefresh(.failed)
            service.logger.warning("can't look for a new model", metadata: ["error": "\(reason)"])
            return false
        }
    }

    private func refreshShadow(_ isAsked: Bool) async {
        guard let shadow else { return }
        switch await shadow.look(isAsked, at: nil) {
        case .same: break
        case .changed(let next):
            service.shadow.withLock { $0 = next }
            service.logger.notice("another shadow is asked", metadata: ["model": "\(next.label)"])
        case .refused(let reason), .unreachable(let reason):
            service.logger.warning("can't take a new shadow", metadata: ["error": "\(reason)"])
        }
    }

    private func refreshCertificate() {
        do {
            if try service.certificate?.refresh() == true {
                service.logger.notice("new connections get another certificate")
            }
        } catch {
            service.logger.error(
                "a new certificate was refused, the old one goes on",
                metadata: ["error": "\(error)"]
            )
        }
    }

    private func refreshKeys() {
        guard let keys else { return }
        do {
            let keys = try keys()
            service.keys.withLock { $0 = keys }
        } catch {
            service.logger.error(
                "new keys were refused, the old ones go on",
                metadata: ["error": "\(error)"]
            )
        }
    }
}
