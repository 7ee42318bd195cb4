public import Tabular

extension SchemaInference {
    /// As `infer`; without a target it takes the one two-level column whose name speaks of leaving, or that is called
    /// target.
    ///
    /// Whoever leaves `target` nil tells the user which column was taken.
    ///
    /// - Throws: `SchemaInferenceError`, `noTarget` where no column or several speak of leaving.
    public func inferFindingTarget(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) -> InferredSchema {
        do throws(SchemaInferenceError) {
            return try infer(header: header, batches: batches)
        } catch {
            guard case .noTarget(let candidates) = error,
                let name = targetNamedByChurn(among: candidates)
            else { throw error }
            var inference = self
            inference.target = name
            return try inference.infer(header: header, batches: batches)
        }
    }
}

/// Finds the target by its name, where exactly one column's name speaks of leaving, or one is called target.
///
/// - Parameter candidates: Names of the columns with two levels.
/// - Returns: The one column, or nil where none or several speak of it.
func targetNamedByChurn(among candidates: [String]) -> String? {
    let words = ["churn", "exited", "attrition", "attrited", "left", "cancel", "closed", "defect"]
    let named = candidates.filter { name in
        let name = name.lowercased()
        return words.contains { name.contains($0) }
    }
    guard named.isEmpty else { return named.count == 1 ? named[0] : nil }
    return candidates.first { $0.lowercased() == "target" }
}
