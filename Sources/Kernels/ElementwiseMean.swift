/// The mean of several vectors at each place, added in their order.
///
/// - Parameter vectors: Shape [vectors, places].
/// - Returns: Shape [places].
/// - Precondition: There is a vector.
/// - Complexity: O(vectors · places).
public func elementwiseMean(_ vectors: [[Double]]) -> [Double] {
    guard vectors.count > 1 else { return vectors[0] }
    var sums = vectors[0]
    for more in vectors.dropFirst() {
        for place in sums.indices { sums[place] += more[place] }
    }
    let count = Double(vectors.count)
    return sums.map { $0 / count }
}
