/// The name that a person most likely meant, or nil where none is near.
///
/// Names that differ in case, spaces, hyphens and underscores only are nearest; otherwise at most a third of the
/// letters (one at least) may differ by insertion, deletion, substitution or a swap of neighbours (optimal
/// string alignment distance).
///
/// - Complexity: O(*n m²*) for *n* candidates of length *m*.
package func nearestName(to name: String, in candidates: [String]) -> String? {
    let wanted = folded(name)
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != name {
        let letters = folded(candidate)
        let allowed = max(1, min(wanted.count, letters.count) / 3)
        guard abs(wanted.count - letters.count) <= allowed, !letters.isEmpty else { continue }
        let distance = alignmentDistance(wanted, letters)
        if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
}

/// `; did you mean "Age"?`, or nothing where no name is near.
func suggestion(for name: String, in candidates: [String]) -> String {
    nearestName(to: name, in: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
}

private func folded(_ name: String) -> [Character] {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }.map(\.self)
}

private func alignmentDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0 ... right.count)
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            let substitution = previous[j] + (left[i] == right[j] ? 0 : 1)
            var distance = min(substitution, previous[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            row.append(distance)
        }
        beforePrevious = previous
        previous = row
    }
    return previous[right.count]
}
