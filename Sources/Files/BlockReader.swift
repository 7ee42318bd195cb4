import Glibc
private import Synchronization

/// Reads a file, standard input or a text in memory, block by block.
public struct BlockReader: ~Copyable {
    /// The path as it was given; `-` is standard input.
    public let path: String
    private let file: FileDescriptor
    /// What is left of a text in memory; nil for a file.
    private var text: ArraySlice<UInt8>?

    /// How many bytes of files the program has read so far, by which a person is told how far a file is.
    public static var bytesRead: Int { allBytes.load(ordering: .relaxed) }
    private static let allBytes = Atomic(0)

    /// Reads a text that is in memory; `name` stands for the path.
    public init(text: [UInt8], named name: String) {
        path = name
        file = FileDescriptor(-1, isOwned: false)
        self.text = text[...]
    }

    /// Opens `path` for reading; `-` is standard input.
    ///
    /// - Throws: `FileError` where there is no such file, it is a folder or may not be read.
    public init(_ path: String) throws(FileError) {
        self.path = path
        if path == "-" {
            file = FileDescriptor(STDIN_FILENO, isOwned: false)
            return
        }
        guard let opened = FileDescriptor(path: path, flags: O_RDONLY) else {
            throw FileError.reading(path)
        }
        if let status = opened.status(), status.isFolder {
            throw FileError.reading(path, code: EISDIR)
        }
        file = opened
    }

    /// A fresh array of `prefix`, then up to `count` bytes of the file, then `padding` zeros.
    ///
    /// Fewer than `count` bytes of the file mean that it has ended.
    ///
    /// - Parameters:
    ///   - prefix: What the caller kept of the block before.
    ///   - count: How many bytes to read; a pipe is waited for until they are there.
    ///   - padding: Zeros behind, for kernels that read whole words.
    /// - Returns: `prefix`, the bytes read and the padding.
    /// - Throws: `FileError` where the system can't read on.
    public mutating func block(
        after prefix: ArraySlice<UInt8>,
        count: Int,
        padding: Int
    ) throws(FileError) -> [UInt8] {
        precondition(count > 0 && padding >= 0, "block: \(count) bytes, \(padding) padding")
        if let text {
            let taken = text.prefix(count)
            self.text = text.dropFirst(count)
            return Array(prefix) + taken + [UInt8](repeating: 0, count: padding)
        }
        var failure: Int32 = 0
        let kept = prefix.count
        let descriptor = file.number
        let block = unsafe [UInt8](unsafeUninitializedCapacity: kept + count + padding) {
            memory,
            filled in
            _ = unsafe memory.initialize(fromContentsOf: prefix)
            var end = kept
            while end < kept + count {
                let got = unsafe read(
                    descriptor,
                    memory.baseAddress?.advanced(by: end),
                    kept + count - end
                )
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    break
                }
                if got == 0 { break }
                end += got
            }
            for offset in end ..< end + padding { unsafe memory[offset] = 0 }
            filled = end + padding
        }
        guard failure == 0 else { throw FileError.reading(path, code: failure) }
        Self.allBytes.wrappingAdd(block.count - kept - padding, ordering: .relaxed)
        return block
    }

    /// The whole of a file, or of standard input.
    ///
    /// - Throws: `FileError` where it can't be read.
    public static func contents(of path: String) throws(FileError) -> [UInt8] {
        var reader = try BlockReader(path)
        var contents: [UInt8] = []
        while true {
            let before = contents.count
            // Doubling keeps the copying linear.
            let wanted = max(before, 1 << 16)
            contents = try reader.block(after: contents[...], count: wanted, padding: 0)
            if contents.count < before + wanted { return contents }
        }
    }
}
