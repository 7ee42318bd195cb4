import FoundationEssentials
import NIOSSL
public import Output

/// A certificate and its key, in two PEM files that may be renewed while the service runs.
public struct CertificateFiles: Equatable, Sendable {
    private let certificate: String
    private let key: String

    /// Names the files; the first holds the whole chain, the service's own certificate first.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Reads them.
    ///
    /// - Throws: `CertificateError`.
    func load() throws(CertificateError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            guard !chain.isEmpty else {
                throw CertificateError(file: certificate, problem: "holds no certificate in PEM")
            }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch let error as CertificateError {
            throw error
        } catch {
            throw CertificateError(file: "\(certificate), \(key)", problem: "\(error)")
        }
    }

    /// When each was written; the same as before means that nothing need be read.
    var stamps: [Date?] {
        [certificate, key].map {
            let attributes = try? FileManager.default.attributesOfItem(atPath: $0)
            return attributes?[.modificationDate] as? Date
        }
    }
}

/// A certificate or key that can't be used.
public struct CertificateError: RetainError, Equatable {
    let file: String
    let problem: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// `cert.pem: holds no certificate in PEM`.
    public var description: String { "\(file): \(problem)" }
}
