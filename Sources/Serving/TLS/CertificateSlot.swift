import FoundationEssentials
package import NIOSSL
import Synchronization

/// The certificate that new connections get.
package final class CertificateSlot: Sendable {
    private let files: CertificateFiles
    private let state: Mutex<(context: NIOSSLContext, stamps: [Date?])>

    /// - Throws: `CertificateError`.
    package init(_ files: CertificateFiles) throws(CertificateError) {
        self.files = files
        let stamps = files.stamps
        state = Mutex((try files.load(), stamps))
    }

    package var current: NIOSSLContext { state.withLock(\.context) }

    /// Reads the files anew where they have changed; what can't be used leaves the old ones in place.
    ///
    /// - Returns: Whether another certificate is used now.
    /// - Throws: `CertificateError`, once for each change.
    package func refresh() throws(CertificateError) -> Bool {
        let stamps = files.stamps
        guard state.withLock({ $0.stamps != stamps }) else { return false }
        // First, so that files which can't be used are complained of once.
        state.withLock { $0.stamps = stamps }
        let context = try files.load()
        state.withLock { $0.context = context }
        return true
    }
}
