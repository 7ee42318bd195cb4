import NIOSSL

extension TrackingConfiguration.TLS {
    /// What the client does to be sure of the server, and to prove itself.
    ///
    /// - Throws: `TrackingConfigurationError` where a file can't be read.
    func clientConfiguration() throws(TrackingConfigurationError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if !verifies { tls.certificateVerification = .none }
        if let trusted {
            tls.trustRoots = .certificates(
                try Self.read("MLFLOW_TRACKING_SERVER_CERT_PATH", trusted) {
                    try NIOSSLCertificate.fromPEMFile($0)
                }
            )
        }
        if let own {
            let name = "MLFLOW_TRACKING_CLIENT_CERT_PATH"
            tls.certificateChain = try Self.read(name, own) {
                try NIOSSLCertificate.fromPEMFile($0).map { .certificate($0) }
            }
            tls.privateKey = .privateKey(
                try Self.read(name, own) { try NIOSSLPrivateKey(file: $0, format: .pem) }
            )
        }
        return tls
    }

    private static func read<Value>(
        _ name: String,
        _ path: String,
        _ body: (String) throws -> Value
    ) throws(TrackingConfigurationError) -> Value {
        do { return try body(path) } catch {
            throw TrackingConfigurationError(
                name: name,
                value: path,
                rule: "can't be read as a PEM file"
            )
        }
    }
}
