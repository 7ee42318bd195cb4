extension ServerStore {
    /// Runs that fit, in the order asked for.
    public func runs(_ query: RunQuery) async throws -> [Run] {
        var experiments = query.experimentIDs
        if experiments.isEmpty { experiments = try await self.experiments().map(\.id) }
        guard !experiments.isEmpty else { return [] }
        guard let filter = query.filter else {
            return try await search(experiments, "", query)
        }
        // A server knows no OR, and lists for few fields: it is asked for each alternative.
        let alternatives = try filter.alternatives()
        if alternatives.count == 1 {
            return try await search(experiments, alternatives[0].description, query)
        }
        // Each has its first runs in order, so together they have the first of all.
        var runs: [Run] = []
        var seen: Set<String> = []
        for alternative in alternatives {
            for run in try await search(experiments, alternative.description, query)
            where seen.insert(run.info.id).inserted {
                runs.append(run)
            }
        }
        let sorted = runs.sorted { $0.comes(before: $1, by: query.order) }
        return Array(sorted.prefix(max(0, query.limit)))
    }

    private func search(
        _ experiments: [String],
        _ filter: String,
        _ query: RunQuery
    ) async throws -> [Run] {
        struct Request: Encodable {
            var experimentIds: [String]
            var filter: String
            var runViewType = "ACTIVE_ONLY"
            var maxResults: Int
            var orderBy: [String]
            var pageToken: String?
        }
        struct Page: Decodable {
            var runs: [Wire.Run]?
            var nextPageToken: String?
        }
        return try await pages(upTo: query.limit) { token in
            let request = Request(
                experimentIds: experiments,
                filter: filter,
                maxResults: min(1_000, query.limit),
                orderBy: query.order.map(\.description),
                pageToken: token
            )
            let page: Page = try await connection.post("runs/search", request)
            return (page.runs?.map { Run($0) }, page.nextPageToken)
        }
    }
}
