import ChurnModel
import Output
import Schema

/// Finds out whether another model should answer, and whether it can.
actor AliasWatcher {
    /// What a look found.
    enum Finding {
        case same
        case changed(ServedModel)
        /// There is another one that must not answer.
        case refused(any Error)
        /// The source does not answer.
        case unreachable(any Error)
    }

    private let source: ModelSource
    /// What answers, or was refused.
    private var seen: String?
    private var isRefused = false

    init(_ source: ModelSource) {
        self.source = source
        seen = source.current
    }

    /// Looks for another model.
    ///
    /// - Parameters:
    ///   - isAsked: True to try even what was refused before.
    ///   - served: Answers now; the next must understand its customers. Nil where that does not matter.
    /// - Returns: What was found.
    func look(_ isAsked: Bool, at served: ServedModel?) async -> Finding {
        let identity: String
        do {
            identity = try await source.identity()
        } catch {
            return .unreachable(error)
        }
        guard identity != seen || (isAsked && isRefused) else { return .same }
        do {
            let next = try await source.load()
            seen = identity
            isRefused = false
            if let served, next.digest == served.digest, next.label == served.label { return .same }
            try next.prove(insteadOf: served)
            return .changed(next)
        } catch {
            seen = identity
            isRefused = true
            return .refused(error)
        }
    }
}

extension ServedModel {
    /// Makes sure that the model answers, and accepts what callers send now.
    ///
    /// - Throws: `ModelRefusal`.
    func prove(insteadOf served: ServedModel?) throws(ModelRefusal) {
        let example = model.schema.features.map(\.type.example)
        let probability = predictor.predict(CodedRows(width: example.count, values: example))[0]
        guard probability >= 0, probability <= 1 else {
            throw ModelRefusal(reason: "\(label) answers a customer with \(probability)")
        }
        guard let served else { return }
        let known = served.model.schema.features
        let missing = model.schema.features.filter { feature in
            feature.nulls == .error && !known.contains { $0.name == feature.name }
        }
        guard missing.isEmpty else {
            let names = listed(missing.map(\.name))
            throw ModelRefusal(
                reason: "\(label) needs \(names), which \(served.label) did not; callers would be"
                    + " refused. Restart the service to serve it all the same"
            )
        }
    }
}

/// Why a model may not answer.
struct ModelRefusal: RetainError {
    let reason: String

    var exitStatus: ExitStatus { .failed }

    var description: String { reason }
}
