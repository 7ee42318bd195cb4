import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Why there was no answer, in words.
enum ConnectionFailure {
    static func reason(of error: any Error) -> String {
        switch error {
        case let failure as NIOConnectionError: reason(of: failure)
        case let failure as HTTPClientError where failure == .connectTimeout:
            "no connection in time"
        case let failure as HTTPClientError where failure == .remoteConnectionClosed:
            "it ended the connection before the whole answer was there"
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            "TLS failed: \(short(error)); see MLFLOW_TRACKING_SERVER_CERT_PATH"
        default: short(error)
        }
    }

    private static func reason(of failure: NIOConnectionError) -> String {
        let place = "\(failure.host):\(failure.port)"
        if let first = failure.connectionErrors.first {
            return "no connection to \(place): \(short(first.error))"
        }
        return "nobody knows the host \(failure.host)"
    }

    private static func short(_ error: any Error) -> String {
        String("\(error)".split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200))
    }
}
