extension ServerStore {
    public func runs(_ query: RunQuery) async throws -> [Run] {
        var experiments = query.experimentIDs
        if experiments.isEmpty { experiments = try await self.experiments().map(\.id) }
        guard let filter = query.filter else {
            return try await search(experiments, "", query)
        }
        let alternatives = try filter.alternatives()
        guard alternatives.count > 1 else {
            return try await search(experiments, alternatives[0].description, query)
        }
        // A server knows no OR: each alternative has the first runs in order, so together they do too.
        var runs: [Run] = []
        var seen: Set<String> = []
        for alternative in alternatives {
            for run in try await search(experiments, alternative.description, query)
            where seen.insert(run.info.id).inserted {
                runs.append(run)
            }
        }
        return Array(runs.sorted { $0.comes(before: $1, by: query.order) }.prefix(query.limit))
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
        var found: [Run] = []
        var request = Request(
            experimentIds: experiments,
            filter: filter,
            maxResults: 0,
            orderBy: query.order.map(\.description)
        )
        while found.count < query.limit {
            request.maxResults = min(1_000, query.limit - found.count)
            let page: Page = try await connection.post("runs/search", request)
            found += (page.runs ?? []).map { Run($0) }
            guard let token = page.nextPageToken, !token.isEmpty else { break }
            request.pageToken = token
        }
        return found
    }
}

extension Run {
    /// Whether this run comes before another in an order; by start, latest first, where that tells nothing.
    func comes(before other: Run, by order: [RunOrder]) -> Bool {
        for part in order {
            let (one, two) = (value(of: part.field), other.value(of: part.field))
            guard one != two else { continue }
            guard let one, let two else { return two == nil }
            return part.isDescending ? two < one : one < two
        }
        return (other.info.start, info.id) < (info.start, other.info.id)
    }

    private enum SortValue: Comparable {
        case number(Double)
        case text(String)
    }

    private func value(of field: RunField) -> SortValue? {
        switch field {
        case .metric(let key):
            metrics[key].flatMap { $0.value.isNaN ? nil : .number($0.value) }
        case .param(let key): params[key].map { .text($0) }
        case .tag(let key): tags[key].map { .text($0) }
        case .dataset: nil
        case .attribute(let attribute):
            switch attribute {
            case .id: .text(info.id)
            case .name: .text(info.name)
            case .status: .text(info.status.rawValue)
            case .user: .text(info.user)
            case .start: .number(Double(info.start))
            case .end: info.end.map { .number(Double($0)) }
            case .artifactURI: .text(info.artifactURI)
            }
        }
    }
}
