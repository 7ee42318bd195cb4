import Synchronization

/// The model that answers now; another can take its place between two requests.
final class ModelSlot: Sendable {
    private let model: Mutex<ServedModel>

    init(_ model: ServedModel) { self.model = Mutex(model) }

    /// Holds for a whole request: what it was when the request came.
    var current: ServedModel { model.withLock(\.self) }

    func set(_ next: ServedModel) { model.withLock { $0 = next } }
}
