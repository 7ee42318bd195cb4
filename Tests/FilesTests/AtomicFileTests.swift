import Files
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    @Test func `appears only when committed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/scores.csv"
        var file = try AtomicFile(path)
        try file.write("a,b\n")
        try file.write([0x31, 0x0A])
        #expect(try !folder.names.contains("scores.csv"))
        try file.commit()
        #expect(try folder.names == ["scores.csv"])
        #expect(try BlockReader.contents(of: path) == Array("a,b\n1\n".utf8))
    }

    @Test func `leaves the old file where not committed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/scores.csv"
        try AtomicFile.write([1], to: path)
        do {
            var file = try AtomicFile(path)
            try file.write([2, 3])
        }
        #expect(try BlockReader.contents(of: path) == [1])
        #expect(try folder.names == ["scores.csv"])
    }

    @Test func `keeps permissions and follows links`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/real"
        try AtomicFile.write([1], to: path)
        unsafe #expect(chmod(path, 0o640) == 0)
        unsafe #expect(symlink("real", folder.path + "/link") == 0)
        try AtomicFile.write([2], to: folder.path + "/link")
        #expect(try BlockReader.contents(of: path) == [2])
        var status = stat()
        unsafe #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o640)
        #expect(try folder.names == ["link", "real"])
    }

    @Test func `writes what is no regular file directly`() throws {
        try AtomicFile.write([1, 2, 3], to: "/dev/null")
    }

    @Test func `names the missing folder`() {
        let error = #expect(throws: FileError.self) {
            try AtomicFile.write([1], to: "/nowhere/scores.csv")
        }
        #expect(error?.kind == .cannotWrite)
        #expect(
            error?.description
                == "can't write /nowhere/scores.csv: no such file or directory; create the folder first"
        )
    }

    @Test func `refuses a folder`() {
        let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: "/tmp") }
        #expect(
            error?.description == "can't write /tmp: is a directory; name a file in that folder"
        )
    }

    @Test func `tells of a full disk`() {
        let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: "/dev/full") }
        #expect(error?.kind == .cannotWrite)
        #expect(error?.reason == "no space left on device")
    }
}

@Suite struct BlockReaderTests {
    @Test(arguments: [1, 2, 3, 7, 1000])
    func `reads blocks of any size`(size: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data"
        let bytes = (0 ..< 100).map { UInt8($0) }
        try AtomicFile.write(bytes, to: path)
        var reader = try BlockReader(path)
        var all: [UInt8] = []
        while true {
            let block = try reader.block(after: [9], count: size, padding: 4)
            #expect(block.first == 9 && block.suffix(4) == [0, 0, 0, 0])
            all += block.dropFirst().dropLast(4)
            if block.count < size + 5 { break }
        }
        #expect(all == bytes)
        #expect(try BlockReader.contents(of: path) == bytes)
    }

    @Test func `names the missing file`() {
        let error = #expect(throws: FileError.self) {
            try BlockReader.contents(of: "/nowhere/a.csv")
        }
        #expect(error?.kind == .notFound)
        #expect(
            error?.description.hasPrefix(
                "can't read /nowhere/a.csv: no such file or directory; check the path"
            ) == true
        )
    }

    @Test func `refuses a folder`() {
        let error = #expect(throws: FileError.self) { try BlockReader.contents(of: "/tmp") }
        #expect(error?.kind == .cannotRead)
        #expect(error?.description == "can't read /tmp: it is a folder; name a file in it")
    }
}
