private import ChurnModel
private import Explanation

extension TrainingWorkflow.Result {
    /// What to warn of: levers that reach for what training hardly saw.
    ///
    /// - Returns: A sentence for each such lever, in the order of the levers.
    /// - Throws: What `LeverSearch` throws.
    public var leverWarnings: [String] {
        get throws {
            guard !model.levers.isEmpty else { return [] }
            return try LeverSearch(model, reference, levers: model.levers).warnings
        }
    }
}
