private import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece, by the system's libcrypto.
///
/// ```swift
/// var hash = SHA256()
/// hash.update([1, 2, 3])
/// print(hash.finalized().hexadecimal)
/// ```
@safe public struct SHA256: ~Copyable {
    private let state: OpaquePointer

    /// Begins with no bytes.
    public init() {
        guard let state = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(state, EVP_sha256(), nil) == 1
        else { preconditionFailure("libcrypto can't begin a SHA-256: it has no memory") }
        unsafe self.state = state
    }

    deinit { unsafe EVP_MD_CTX_free(state) }

    /// Adds bytes.
    ///
    /// - Complexity: O(bytes).
    public mutating func update(_ bytes: [UInt8]) {
        let isAdded = unsafe bytes.withUnsafeBytes {
            unsafe EVP_DigestUpdate(state, $0.baseAddress, $0.count)
        }
        precondition(isAdded == 1, "libcrypto takes any bytes")
    }

    /// The digest of all bytes.
    public consuming func finalized() -> Digest {
        var bytes = [UInt8](repeating: 0, count: Digest.size)
        let isWritten = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(state, $0.baseAddress, nil)
        }
        precondition(isWritten == 1, "libcrypto ends what it began")
        return Digest(bytes: bytes)
    }

    /// The digest of bytes that are there whole.
    ///
    /// - Complexity: O(bytes).
    public static func digest(of bytes: [UInt8]) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalized()
    }

    /// The code by which whoever has the key knows that bytes come from another who has it: HMAC-SHA-256 (RFC 2104).
    ///
    /// - Complexity: O(bytes).
    public static func authenticationCode(of bytes: [UInt8], key: [UInt8]) -> Digest {
        var code = [UInt8](repeating: 0, count: Digest.size)
        let isWritten = unsafe code.withUnsafeMutableBufferPointer { code in
            unsafe HMAC(
                EVP_sha256(),
                key,
                Int32(key.count),
                bytes,
                bytes.count,
                code.baseAddress,
                nil
            )
        }
        unsafe precondition(isWritten != nil, "libcrypto takes any key and any bytes")
        return Digest(bytes: code)
    }
}

/// 32 bytes that stand for many.
public struct Digest: Hashable, Sendable {
    /// Number of bytes.
    public static let size = 32
    /// The bytes.
    public let bytes: [UInt8]

    /// 64 small hexadecimal digits.
    public var hexadecimal: String { Files.hexadecimal(bytes) }
}

/// Two small hexadecimal digits for each byte.
///
/// - Complexity: O(bytes).
public func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
        as: UTF8.self
    )
}

/// The bytes of two hexadecimal digits each, small or large; nil for anything else.
///
/// - Complexity: O(digits).
public func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
    let values = text.utf8.compactMap { digit -> UInt8? in
        switch digit {
        case 0x30 ... 0x39: digit - 0x30
        case 0x41 ... 0x46: digit - 0x41 + 10
        case 0x61 ... 0x66: digit - 0x61 + 10
        default: nil
        }
    }
    guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { 16 * values[$0] + values[$0 + 1] }
}
