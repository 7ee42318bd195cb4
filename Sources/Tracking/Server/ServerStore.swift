import FoundationEssentials
import Synchronization

/// Runs and registered models on an MLflow server, 2 or 3, or on DagsHub.
public final class ServerStore: Sendable {
    let connection: MLflowConnection
    /// Where each run's artifacts lie, once it is known.
    let artifactAddresses = Mutex<[String: String]>([:])

    /// Prepares requests to a server; asks nothing yet.
    ///
    /// - Parameters:
    ///   - address: For example `https://dagshub.com/owner/repository.mlflow`, without credentials.
    ///   - configuration: Who asks, and how patiently.
    /// - Throws: `TrackingConfigurationError` where a certificate can't be read.
    public init(_ address: String, _ configuration: TrackingConfiguration) throws {
        connection = try MLflowConnection(
            address,
            configuration,
            pause: { try await Task.sleep(for: .seconds($0)) }
        )
    }

    /// Prepares requests whose waits are the caller's.
    package init(
        _ address: String,
        _ configuration: TrackingConfiguration,
        pause: @escaping @Sendable (Double) async throws -> Void
    ) throws {
        connection = try MLflowConnection(address, configuration, pause: pause)
    }

    /// The server, without secrets.
    public var address: String { connection.address }

    /// Asks the server whether it is there, for 5 seconds at most.
    ///
    /// - Throws: `TrackingError` of kind `unreachable` where it is not.
    public func checkReachable() async throws { try await connection.checkReachable() }

    /// Ends all connections; nothing can be asked afterwards.
    public func close() async { await connection.close() }

    func invalid(_ problem: String?) throws {
        if let problem { throw TrackingError(.invalid, at: address, problem) }
    }

    /// The body's answer; nil where there is no such thing.
    func ifFound<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do {
            return try await body()
        } catch let error as TrackingError where error.kind == .notFound {
            return nil
        }
    }

    /// A name that no other request has.
    static var freshMark: String { UUID().uuidString.lowercased() }
}

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
            var runs: [MLflowREST.Run]?
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

    /// The most pages that are read; a server that has more is repeating itself.
    private static let mostPages = 10_000

    /// Everything on a server's pages, up to a number.
    ///
    /// - Parameters:
    ///   - limit: The most items to return.
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
