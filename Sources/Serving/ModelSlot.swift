import Synchronization

/// The model that answers now; another can take its place between two requests.
final class ModelSlot: Sendable {
    private let model: Mutex<ServedModel>
    /// Kept to tell why scores moved since it answered.
    private let previous = Mutex<ServedModel?>(nil)

    init(_ model: ServedModel) { self.model = Mutex(model) }

    /// Holds for a whole request: what it was when the request came.
    var current: ServedModel { model.withLock(\.self) }

    /// What answered before; nil where nothing did.
    var former: ServedModel? { previous.withLock(\.self) }

    func set(_ next: ServedModel) {
        let last = model.withLock { model in
            defer { model = next }
            return model
        }
        previous.withLock { $0 = last }
    }
}
