private import CCrypto

/// The codes of many messages by one key: HMAC-SHA-256 (RFC 2104), with what the key alone decides reckoned once.
///
/// The same bytes as `SHA256.authenticationCode`, whose library looks for its functions anew at each message, which takes
/// longer than the code.
@safe public struct AuthenticationCodes: ~Copyable {
    /// A SHA-256 that has taken the key's first mask, and one that has taken the second.
    private let inner, outer: OpaquePointer
    /// A SHA-256 of which nothing is known between two messages.
    private let state: OpaquePointer

    /// SHA-256 takes in so many bytes at a time.
    private static let block = 64

    /// Takes a key.
    public init(key: [UInt8]) {
        let short = key.count > Self.block ? SHA256.digest(of: key).bytes : key
        let padded = short + [UInt8](repeating: 0, count: Self.block - short.count)
        unsafe inner = Self.begun(padded.map { $0 ^ 0x36 })
        unsafe outer = Self.begun(padded.map { $0 ^ 0x5C })
        unsafe state = Self.begun([])
    }

    deinit {
        unsafe EVP_MD_CTX_free(inner)
        unsafe EVP_MD_CTX_free(outer)
        unsafe EVP_MD_CTX_free(state)
    }

    /// A message's code.
    ///
    /// - Complexity: O(bytes).
    public mutating func code(of bytes: [UInt8]) -> Digest {
        let digest = unsafe digest(of: bytes, behind: inner)
        return Digest(bytes: unsafe self.digest(of: digest, behind: outer))
    }

    /// What a SHA-256 comes to that has begun, once it takes some more bytes.
    private mutating func digest(of bytes: [UInt8], behind start: OpaquePointer) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Digest.size) { digest, count in
            let isWritten =
                unsafe EVP_MD_CTX_copy_ex(state, start) == 1
                && EVP_DigestUpdate(state, bytes, bytes.count) == 1
                && EVP_DigestFinal_ex(state, digest.baseAddress, nil) == 1
            precondition(isWritten, "libcrypto ends what it began")
            count = Digest.size
        }
    }

    private static func begun(_ bytes: [UInt8]) -> OpaquePointer {
        guard let state = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(state, EVP_sha256(), nil) == 1,
            unsafe EVP_DigestUpdate(state, bytes, bytes.count) == 1
        else { preconditionFailure("libcrypto can't begin a SHA-256: it has no memory") }
        return unsafe state
    }
}
