extension ServerStore {
    /// Most pages that are turned; a server that has more goes round in circles.
    private static let mostPages = 10_000

    /// Everything on a server's pages, up to a number.
    ///
    /// - Parameters:
    ///   - limit: Items that are enough.
    ///   - page: The items of the page that a token names, and the next one's token; nil is the first.
    /// - Returns: The items, in the order of the pages.
    /// - Throws: `TrackingError` of kind `unreachable` where the pages have no end.
    func pages<Item>(
        upTo limit: Int = .max,
        _ page: (_ token: String?) async throws -> (items: [Item]?, next: String?)
    ) async throws -> [Item] {
        var all: [Item] = []
        var token: String?
        var seen: Set<String> = []
        while all.count < limit {
            let (items, next) = try await page(token)
            all += items ?? []
            guard let next, !next.isEmpty else { break }
            guard seen.insert(next).inserted, seen.count < Self.mostPages else {
                throw TrackingError(
                    .unreachable,
                    at: address,
                    "its lists have no end: a page names one that was there already"
                )
            }
            token = next
        }
        return Array(all.prefix(max(0, limit)))
    }
}
