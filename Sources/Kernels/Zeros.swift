/// An array of zeros.
///
/// `Array(repeating:count:)` looks its type up at run time, which takes as long as a small layer.
///
/// - Complexity: O(*n*).
package func zeros(_ count: Int) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count)
    values.append(contentsOf: repeatElement(0, count: count))
    return values
}
