import Files
public import OpenAPI

/// A caller that has a key: its name, what it may do and how often.
///
/// The service knows a key by its SHA-256 alone. A key is 256 random bits, so that nothing slower is needed to hide
/// it (NIST SP 800-63B asks for slow hashes of what people choose).
public struct APIKey: Equatable, Sendable {
    /// Names the caller in logs.
    public var name: String
    /// What it opens.
    public var scopes: Set<AccessScope>
    /// Requests a second; nil for the service's own limit.
    public var rate: Double?
    let digest: [UInt8]

    /// Makes a new key.
    ///
    /// - Returns: The key as callers send it, told only this once, and what the service keeps of it.
    public static func make(
        name: String,
        scopes: Set<AccessScope>,
        rate: Double? = nil
    ) -> (secret: String, key: APIKey) {
        let bytes = (0 ..< 32).map { _ in UInt8.random(in: .min ... .max) }
        let secret = "rk_" + hexadecimal(bytes)
        let key = APIKey(name: name, scopes: scopes, rate: rate, digest: digest(of: secret))
        return (secret, key)
    }

    /// The line of a key file that `APIKeys` reads: `NAME SCOPES SHA256 [RATE]`.
    public var line: String {
        let scopes = AccessScope.allCases.filter(scopes.contains).map(\.rawValue)
        let parts = [name, scopes.joined(separator: ","), hexadecimal(digest)]
        return (parts + (rate.map { ["\($0)"] } ?? [])).joined(separator: " ")
    }

    static func digest(of secret: some StringProtocol) -> [UInt8] {
        SHA256.digest(of: Array(secret.utf8)).bytes
    }
}
