import NIOHTTP1

/// A folder of artifacts behind the proxy of an MLflow server.
struct ProxyFolder {
    private let connection: MLflowConnection
    /// From the proxy's top.
    private let path: String
    /// Scheme, host and prefix of the proxy; nil where it is the tracking server's own.
    private let host: String?

    private static let root = "/api/2.0/mlflow-artifacts/artifacts"

    /// Takes the folder of an address such as `mlflow-artifacts:/1/run/artifacts`, or
    /// `mlflow-artifacts://host:5000/1/…` where another server keeps it; nil for any other address.
    init?(_ uri: String, _ connection: MLflowConnection) {
        let scheme = "mlflow-artifacts:"
        guard uri.hasPrefix(scheme) else { return nil }
        self.connection = connection
        var rest = uri.dropFirst(scheme.count)
        var host: String?
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let authority = rest.prefix { $0 != "/" }
            rest = rest.dropFirst(authority.count)
            host = Self.base(of: authority, like: connection.address)
        }
        self.host = host
        path = String(rest.drop { $0 == "/" })
    }

    /// The tracking server's address with another host; nil where that is its own.
    private static func base(of authority: Substring, like address: String) -> String? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let own = address[scheme.upperBound...].prefix { $0 != "/" }
        let name = authority.split(separator: "@").last ?? ""
        guard !name.isEmpty, name != own else { return nil }
        return String(address[..<scheme.upperBound] + name + address[own.endIndex...])
    }

    func put(_ bytes: [UInt8], at relative: String) async throws {
        let answer = try await connection.send(
            MLflowConnection.Request(
                .PUT,
                address(of: relative),
                body: bytes,
                type: "application/octet-stream",
                host: host
            )
        )
        guard answer.isSuccess else { throw answer.error(at: connection.address) }
        guard answer.isEmptyOrObject else { throw answer.isNotMLflow(at: connection.address) }
    }

    func bytes(at relative: String, upTo longest: Int) async throws -> [UInt8] {
        let answer = try await connection.send(
            MLflowConnection.Request(
                .GET,
                address(of: relative),
                host: host,
                longestAnswer: longest
            )
        )
        guard answer.isSuccess else { throw answer.error(at: connection.address) }
        return answer.body
    }

    /// What lies directly in a folder, with paths from there, as the server names it.
    func list(_ relative: String) async throws -> [MLflowREST.File] {
        struct Found: Decodable { var files: [MLflowREST.File]? }
        let folder = relative.isEmpty ? path : path + "/" + relative
        let answer = try await connection.send(
            MLflowConnection.Request(
                .GET,
                Self.root + "?path=" + PercentEncoding.encoded(folder),
                host: host
            )
        )
        let found: Found = try connection.decoded(answer)
        return found.files ?? []
    }

    private func address(of relative: String) -> String {
        Self.root + "/" + PercentEncoding.encoded(path: path + "/" + relative)
    }
}
