import ArgumentParser
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL
import Output

/// `retain health`: asks a service whether it is ready.
struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask a running service whether it can answer.",
        discussion: """
            Exits with 0 where the service answers GET /ready with 200, with 1 where it answers anything else, and \
            with 69 where nobody answers. It is the health check of the container, and needs no key. Without ADDRESS \
            it asks the service of this machine, which it finds by RETAIN_HOST, RETAIN_PORT, RETAIN_TLS_CERTIFICATE \
            and the file of RETAIN_CONFIG, as `retain serve` does.

              retain health
              retain health https://churn.example.com
            """
    )

    @Argument(help: "Where the service is (default: on this machine, by the settings of `serve`).")
    var address: String?

    @Option(help: "Seconds to wait for the answer.")
    var timeout = 2

    func validate() throws {
        guard timeout >= 1 else { throw ValidationError("--timeout must be 1 or more") }
        let schemes = ["http://", "https://"]
        guard address.map({ address in schemes.contains { address.hasPrefix($0) } }) ?? true else {
            throw ValidationError("the address must begin with http:// or https://")
        }
    }

    func run() async throws {
        let base: String
        if let address { base = address } else { base = try await ServiceAddress.ofThisMachine() }
        var options = HTTPClient.Configuration()
        // Its own certificate, which another name stands in, is no stranger's.
        if address == nil {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            options.tlsConfiguration = tls
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: options)
        let status: UInt
        do {
            status = try await client.execute(
                HTTPClientRequest(url: base + "/ready"),
                timeout: .seconds(Int64(timeout))
            ).status.code
        } catch {
            try await client.shutdown()
            // NIOSSL's own words tell where it was compiled.
            let reason = error is NIOSSLError ? "its certificate is not trusted" : "\(error)"
            throw NoAnswer(address: base, reason: reason)
        }
        try await client.shutdown()
        guard status == 200 else { throw NotReady(address: base, status: status) }
        note("\(base) is ready")
    }
}

/// Nobody answers at an address.
struct NoAnswer: RetainError {
    let address: String
    let reason: String

    var exitStatus: ExitStatus { .unavailable }

    var description: String {
        "no answer from \(address): \(reason); start `retain serve`, or say where it is"
    }
}

/// A service that answers and can't predict.
private struct NotReady: RetainError {
    let address: String
    let status: UInt

    var exitStatus: ExitStatus { .failed }

    var description: String {
        "\(address) is not ready: it answers /ready with \(status); its log says why"
    }
}
