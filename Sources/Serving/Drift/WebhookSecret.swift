import Files
import FoundationEssentials
public import Output

/// What proves to a receiver that a webhook comes from here: a key that both know.
///
/// Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): HMAC-SHA256 over `ID.TIMESTAMP.BODY`.
public struct WebhookSecret: Sendable, CustomStringConvertible {
    private let key: [UInt8]

    private static let prefix = "whsec_"

    /// Reads a secret as people exchange it.
    ///
    /// - Parameter text: `whsec_` and 24 to 64 bytes in Base64.
    /// - Throws: `WebhookError`, which does not tell the secret.
    public init(_ text: String) throws(WebhookError) {
        guard text.hasPrefix(Self.prefix),
            let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (24 ... 64).contains(bytes.count)
        else {
            throw WebhookError(
                "the webhook's secret must be whsec_ and 24 to 64 bytes in Base64; make one with"
                    + " `echo whsec_$(openssl rand -base64 32)`"
            )
        }
        key = Array(bytes)
    }

    /// A signature as its header has it: `v1,` and Base64.
    package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        let code = SHA256.authenticationCode(of: signed, key: key)
        return "v1," + Data(code.bytes).base64EncodedString()
    }

    /// Nothing of the key.
    public var description: String { Self.prefix + "…" }
}

/// Why a webhook can't be sent as it is set.
public struct WebhookError: RetainError, Equatable {
    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, why, how to fix it.
    public let description: String

    init(_ description: String) { self.description = description }
}
