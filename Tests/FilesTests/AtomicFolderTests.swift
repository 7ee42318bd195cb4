import Files
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFolderTests {
    private let files: [(path: String, bytes: [UInt8])] = [
        ("MLmodel", [1]), ("retain/schema.json", [2]), ("retain/deep/er", [3]),
    ]

    @Test func `writes all files`() throws {
        let folder = try TemporaryFolder()
        try AtomicFolder.write(files, to: folder.path + "/model/", marker: "MLmodel")
        for file in files {
            #expect(try BlockReader.contents(of: folder.path + "/model/" + file.path) == file.bytes)
        }
        #expect(try folder.names == ["model"])
    }

    @Test func `replaces an earlier one whole`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/model"
        try AtomicFolder.write(files, to: path, marker: "MLmodel")
        try AtomicFolder.write([("MLmodel", [9])], to: path, marker: "MLmodel")
        #expect(try BlockReader.contents(of: path + "/MLmodel") == [9])
        #expect(throws: FileError.self) {
            try BlockReader.contents(of: path + "/retain/schema.json")
        }
        #expect(try folder.names == ["model"])
    }

    @Test func `takes an empty folder`() throws {
        let folder = try TemporaryFolder()
        try AtomicFolder.write(files, to: folder.path, marker: "MLmodel")
        #expect(try folder.names == ["MLmodel", "retain"])
    }

    @Test func `leaves someone else's folder alone`() throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write([1], to: folder.path + "/thesis.txt")
        let error = #expect(throws: FileError.self) {
            try AtomicFolder.write(files, to: folder.path, marker: "MLmodel")
        }
        #expect(error?.kind == .cannotWrite)
        #expect(error?.reason == "the folder holds other files and no MLmodel")
        #expect(error?.fix == "choose a new or empty folder")
        #expect(try folder.names == ["thesis.txt"])
    }

    @Test func `refuses a file`() throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write([1], to: folder.path + "/model")
        let error = #expect(throws: FileError.self) {
            try AtomicFolder.write(files, to: folder.path + "/model", marker: "MLmodel")
        }
        #expect(error?.reason == "it is a file, not a folder")
    }

    @Test func `leaves nothing where it fails`() throws {
        let folder = try TemporaryFolder()
        let clashing: [(path: String, bytes: [UInt8])] = [("a", [1]), ("a/b", [2])]
        #expect(throws: FileError.self) {
            try AtomicFolder.write(clashing, to: folder.path + "/model", marker: "MLmodel")
        }
        #expect(try folder.names.isEmpty)
    }

    @Test func `may not leave itself`() async {
        await #expect(processExitsWith: .failure) {
            try AtomicFolder.write([("../a", [1])], to: "/tmp/never", marker: "MLmodel")
        }
    }
}
