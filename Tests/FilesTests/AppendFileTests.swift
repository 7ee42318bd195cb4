import Files
import Glibc
import TestSupport
import Testing

@Suite struct AppendFileTests {
    @Test func `makes a file and adds to it`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lines"
        do {
            var file = try AppendFile(path)
            #expect(file.count == 0)
            try file.append([1, 2])
            #expect(try BlockReader.contents(of: path) == [1, 2])
            try file.append([])
            try file.append([3])
            #expect(file.count == 3)
        }
        var file = try AppendFile(path)
        #expect(file.count == 3)
        try file.append([4])
        #expect(try BlockReader.contents(of: path) == [1, 2, 3, 4])
    }

    @Test(arguments: 0 ... 3)
    func `cuts off the end`(count: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lines"
        try AtomicFile.write([1, 2, 3], to: path)
        var file = try AppendFile(path)
        try file.keep(first: count)
        #expect(file.count == count)
        try file.append([9])
        #expect(try BlockReader.contents(of: path) == Array([1, 2, 3].prefix(count)) + [9])
    }

    @Test func `is for one writer at a time`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lines"
        do {
            let first = try AppendFile(path)
            let error = #expect(throws: FileError.self) { _ = try AppendFile(path) }
            #expect(
                error?.description
                    == "can't write \(path): another process is writing it; "
                    + "wait for that process or end it"
            )
            _ = consume first
        }
        _ = try AppendFile(path)
    }

    @Test(arguments: ["/tmp", "/dev/null", "/nowhere/lines"])
    func `refuses what can't grow`(path: String) {
        let error = #expect(throws: FileError.self) { _ = try AppendFile(path) }
        #expect(error?.kind == .cannotWrite)
    }

    @Test func `leaves no half addition on a full disk`() async {
        // The limit is the process's, so the test has one of its own.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path + "/lines"
            _ = signal(SIGXFSZ, SIG_IGN)
            var file = try AppendFile(path)
            try file.append([1, 2, 3])
            var limit = rlimit(rlim_cur: 5, rlim_max: 5)
            _ = unsafe setrlimit(__rlimit_resource_t(1), &limit)
            let error = #expect(throws: FileError.self) { try file.append([4, 5, 6]) }
            #expect(error?.kind == .cannotWrite)
            #expect(file.count == 3)
            #expect(try BlockReader.contents(of: path) == [1, 2, 3])
        }
    }
}
