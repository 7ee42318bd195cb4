private import CZlib
public import Output

/// Why bytes can't be unpacked.
public enum UnpackingError: RetainError, Equatable {
    /// They are in neither form, damaged, or cut off.
    case broken
    /// They become more than they may.
    case tooLarge

    /// Bad data.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong with them, in a line.
    public var description: String {
        switch self {
        case .broken: "is not in gzip's or zlib's form, damaged or cut off; pack it again"
        case .tooLarge: "unpacks to more than is allowed; send less at once"
        }
    }
}

/// Unpacks bytes in gzip's form (RFC 1952), one member after another, or in zlib's (RFC 1950), by the system's zlib.
///
/// ```swift
/// let text = try unpacked([0x78, 0x9C, 0x4B, 0x04, 0, 0, 0x62, 0, 0x62], upTo: 1 << 20)  // an a
/// ```
///
/// - Parameters:
///   - bytes: All of them.
///   - limit: As many bytes may come of them.
/// - Returns: What was packed.
/// - Throws: `UnpackingError`; no more than `limit` bytes and one block are ever unpacked.
/// - Complexity: O(bytes + result).
public func unpacked(_ bytes: [UInt8], upTo limit: Int) throws(UnpackingError) -> [UInt8] {
    // zlib keeps its address.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer { unsafe stream.deallocate() }
    // 32 above the largest window: zlib finds out which of the two forms it is.
    guard
        unsafe inflateInit2_(
            stream,
            MAX_WBITS + 32,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        ) == Z_OK
    else { preconditionFailure("zlib can't begin: it has no memory") }
    defer { unsafe inflateEnd(stream) }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    var problem: UnpackingError?
    unsafe bytes.withUnsafeBufferPointer { input in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        var status = Z_OK
        repeat {
            let count = unsafe block.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(output.count)
                status = unsafe inflate(stream, Z_NO_FLUSH)
                return unsafe output.count - Int(stream.pointee.avail_out)
            }
            guard result.count + count <= limit else { return problem = .tooLarge }
            result += block[..<count]
            if status == Z_STREAM_END {
                if unsafe stream.pointee.avail_in == 0 { return }
                status = unsafe inflateReset(stream)
            }
        } while status == Z_OK
        problem = .broken
    }
    if let problem { throw problem }
    return result
}
