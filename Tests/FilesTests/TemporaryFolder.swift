import Files
import Glibc
import Testing

/// A folder that exists while a test runs.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() {
        path = "/tmp/files-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        _ = unsafe mkdir(path, 0o777)
    }

    deinit { AtomicFolder.remove(path) }

    func names() -> [String] { (AtomicFolder.names(in: path) ?? []).sorted() }
}
