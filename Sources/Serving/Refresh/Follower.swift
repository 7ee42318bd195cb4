import ChurnModel
import Schema

/// Finds out whether another model should answer, and whether it can.
actor Follower {
    /// What a look found.
    enum Finding {
        case same
        case changed(ServedModel)
        /// There is another one that must not answer.
        case refused(any Error)
        /// Nobody could say what there is.
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

    /// Looks what there is.
    ///
    /// - Parameters:
    ///   - isAsked: True to try even what was refused before.
    ///   - served: Answers now; the next must understand its customers. Nil where that does not matter.
    /// - Returns: What there is.
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
    /// Makes sure that the model answers, and those who ask now.
    ///
    /// - Throws: `ModelRefusal`.
    func prove(insteadOf served: ServedModel?) throws(ModelRefusal) {
        let row = model.schema.features.map { feature -> Double in
            switch feature.type {
            case .number(let minimum, let maximum): minimum ?? maximum ?? 0
            default: 0
            }
        }
        let probability = predictor.predict(row)[0]
        guard probability >= 0, probability <= 1 else {
            throw ModelRefusal(reason: "\(label) answers a customer with \(probability)")
        }
        guard let served else { return }
        let known = served.model.schema.features
        let missing = model.schema.features.filter { feature in
            feature.nulls == .error && !known.contains { $0.name == feature.name }
        }
        guard missing.isEmpty else {
            let names = missing.map(\.name).joined(separator: ", ")
            throw ModelRefusal(
                reason: "\(label) needs \(names), which \(served.label) did not; callers would be"
                    + " refused. Restart the service to serve it all the same"
            )
        }
    }
}

/// Why a model may not answer.
struct ModelRefusal: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
