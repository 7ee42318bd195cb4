/// Finds the target by its name, where exactly one column's name speaks of leaving.
///
/// - Parameter candidates: Names of the columns with two levels.
/// - Returns: The one column, or nil where none or several speak of it. Whoever uses it tells the user.
public func targetNamedByChurn(among candidates: [String]) -> String? {
    let words = ["churn", "exited", "attrition", "attrited", "left", "cancel", "closed", "defect"]
    let named = candidates.filter { name in
        let name = name.lowercased()
        return words.contains { name.contains($0) }
    }
    return named.count == 1 ? named[0] : nil
}
