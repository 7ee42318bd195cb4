import Glibc

/// An open file, closed when it goes out of use.
struct FileDescriptor: ~Copyable {
    let number: Int32
    private let isOwned: Bool

    /// Takes over an open file; `isOwned` false leaves it open at the end.
    init(_ number: Int32, isOwned: Bool = true) {
        self.number = number
        self.isOwned = isOwned
    }

    /// Opens a path; nil where the system refuses, `errno` saying why.
    init?(path: String, flags: Int32, mode: mode_t = 0) {
        var opened: Int32
        repeat {
            opened = unsafe open(path, flags | O_CLOEXEC, mode)
        } while opened < 0 && errno == EINTR
        guard opened >= 0 else { return nil }
        number = opened
        isOwned = true
    }

    deinit {
        if isOwned { _ = close(number) }
    }

    /// What the file is; nil where the system refuses.
    func status() -> stat? {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { return nil }
        return status
    }

    /// Writes everything; false where the system refuses, `errno` saying why.
    func write(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { memory in
            var done = 0
            while done < memory.count {
                let count = unsafe Glibc.write(
                    number,
                    memory.baseAddress?.advanced(by: done),
                    memory.count - done
                )
                if count < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                done += count
            }
            return true
        }
    }

    /// Waits until the file is on the disk; false where the system refuses.
    func synchronise() -> Bool {
        while fsync(number) != 0 {
            if errno == EINTR { continue }
            // Devices and pipes have nothing to flush.
            return errno == EINVAL || errno == ENOTSUP || errno == EROFS
        }
        return true
    }
}

extension stat {
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

    /// What stands at a path, links followed; nil where nothing does.
    static func at(_ path: String) -> stat? {
        var status = stat()
        guard fill(path, &status) == 0 else { return nil }
        return status
    }
}

/// The function, whose name the structure shadows inside its own extension.
private func fill(_ path: String, _ status: inout stat) -> Int32 {
    unsafe stat(path, &status)
}
