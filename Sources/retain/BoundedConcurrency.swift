extension Collection where Self: Sendable, Element: Sendable, Index == Int {
    /// The results for each element, in order; a few are worked on at once.
    ///
    /// - Parameters:
    ///   - limit: How many; servers refuse who asks for much at once.
    ///   - transform: What is done with each.
    /// - Returns: As many results as elements.
    /// - Throws: The first error; the others are then given up.
    func concurrentMap<Result: Sendable>(
        limit: Int = 8,
        _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: count)
            for (place, element) in enumerated() {
                if place >= limit, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (place, try await transform(element)) }
            }
            for try await (done, result) in group { results[done] = result }
            return results.compactMap(\.self)
        }
    }
}
