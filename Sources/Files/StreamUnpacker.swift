private import CZlib
private import CZstd

/// How a stream of bytes is packed.
public enum Packing: String, Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// Tells the packing by a file's first bytes; nil for any other file.
    public init?(_ beginning: some Collection<UInt8>) {
        if beginning.starts(with: [0x1F, 0x8B, 0x08]) {
            self = .gzip
        } else if beginning.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }
}

/// Unpacks a stream as it comes, one member after another, by the system's libraries.
///
/// Give it bytes and take what they become until that is nothing; then give it the next. What is unpacked at a time is
/// bounded, however much a few bytes become.
///
/// ```swift
/// var unpacker = StreamUnpacker(.gzip)
/// unpacker.give([0x1F, 0x8B])
/// let text = try unpacker.take(upTo: 1 << 16)  // nothing yet
/// print(text.isEmpty, unpacker.isWhole)
/// ```
@safe public struct StreamUnpacker: ~Copyable {
    private let packing: Packing
    private let gzip: UnsafeMutablePointer<z_stream>?
    private let zstd: OpaquePointer?
    private var input: [UInt8] = []
    private var used = 0
    /// Whether no member has begun that has not ended.
    public private(set) var isWhole = false

    /// Begins a stream.
    public init(_ packing: Packing) {
        self.packing = packing
        switch packing {
        case .gzip:
            unsafe zstd = nil
            // zlib keeps its address.
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            unsafe stream.initialize(to: z_stream())
            // 16 above the largest window: gzip's form alone.
            let status = unsafe inflateInit2_(
                stream,
                MAX_WBITS + 16,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            )
            precondition(status == Z_OK, "zlib can't begin: it has no memory")
            unsafe gzip = stream
        case .zstd:
            unsafe gzip = nil
            guard let stream = unsafe ZSTD_createDStream() else {
                preconditionFailure("libzstd can't begin: it has no memory")
            }
            // Also what `zstd --long` wrote.
            _ = unsafe ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 31)
            unsafe zstd = stream
        }
    }

    deinit {
        if let gzip = unsafe gzip {
            unsafe inflateEnd(gzip)
            unsafe gzip.deallocate()
        }
        if let zstd = unsafe zstd { unsafe ZSTD_freeDStream(zstd) }
    }

    /// Takes more of the packed bytes.
    ///
    /// - Precondition: `take` has returned nothing since the last ones.
    public mutating func give(_ bytes: [UInt8]) {
        precondition(used == input.count, "bytes are given before the last ones are unpacked")
        input = bytes
        used = 0
    }

    /// Unpacks some bytes.
    ///
    /// - Parameter limit: No more than these at once.
    /// - Returns: Nothing where more is to be given first.
    /// - Throws: `UnpackingError.broken` where the bytes are damaged.
    public mutating func take(upTo limit: Int) throws(UnpackingError) -> [UInt8] {
        var result: [UInt8] = []
        repeat {
            guard passesPadding() else { return [] }
            result = try packing == .gzip ? takeGzip(limit) : takeZstd(limit)
            // A few bytes may end one member and become nothing.
        } while result.isEmpty && used < input.count
        return result
    }

    /// Zeros may fill the last block of a tape behind a member.
    private mutating func passesPadding() -> Bool {
        if isWhole { while used < input.count, input[used] == 0 { used += 1 } }
        return used < input.count || !isWhole
    }

    private mutating func takeGzip(_ limit: Int) throws(UnpackingError) -> [UInt8] {
        guard let stream = unsafe gzip else { return [] }
        var status = Z_OK
        let start = used
        let result = unsafe [UInt8](unsafeUninitializedCapacity: limit) { output, filled in
            unsafe input.withUnsafeBufferPointer { bytes in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)?
                    .advanced(by: start)
                unsafe stream.pointee.avail_in = UInt32(bytes.count - start)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(limit)
                status = unsafe inflate(stream, Z_NO_FLUSH)
            }
            unsafe filled = limit - Int(stream.pointee.avail_out)
        }
        unsafe used = input.count - Int(stream.pointee.avail_in)
        switch status {
        case Z_STREAM_END:
            isWhole = true
            unsafe inflateReset(stream)
        case Z_OK: isWhole = false
        // Nothing is left to read or to write.
        case Z_BUF_ERROR: break
        default: throw .broken
        }
        return result
    }

    private mutating func takeZstd(_ limit: Int) throws(UnpackingError) -> [UInt8] {
        guard let stream = unsafe zstd else { return [] }
        var status = 0
        var end = used
        let start = used
        let result = unsafe [UInt8](unsafeUninitializedCapacity: limit) { output, filled in
            unsafe input.withUnsafeBytes { bytes in
                var source = unsafe ZSTD_inBuffer(
                    src: bytes.baseAddress,
                    size: bytes.count,
                    pos: start
                )
                var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: limit, pos: 0)
                status = unsafe ZSTD_decompressStream(stream, &target, &source)
                unsafe end = source.pos
                unsafe filled = target.pos
            }
        }
        guard ZSTD_isError(status) == 0 else { throw .broken }
        if end > used || !result.isEmpty { isWhole = status == 0 }
        used = end
        return result
    }
}
