import Files
import Glibc
import Testing

@Suite struct AtomicFolderTests {
    private let files: [(path: String, bytes: [UInt8])] = [
        ("MLmodel", [1]), ("retain/schema.json", [2]), ("retain/deep/er", [3]),
    ]

    @Test func writesAllFiles() throws {
        let folder = TemporaryFolder()
        try AtomicFolder.write(files, to: folder.path + "/model/", marker: "MLmodel")
        for file in files {
            #expect(try BlockReader.contents(of: folder.path + "/model/" + file.path) == file.bytes)
        }
        #expect(folder.names() == ["model"])
    }

    @Test func replacesAnEarlierOneWhole() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/model"
        try AtomicFolder.write(files, to: path, marker: "MLmodel")
        try AtomicFolder.write([("MLmodel", [9])], to: path, marker: "MLmodel")
        #expect(try BlockReader.contents(of: path + "/MLmodel") == [9])
        #expect(throws: FileError.self) {
            try BlockReader.contents(of: path + "/retain/schema.json")
        }
        #expect(folder.names() == ["model"])
    }

    @Test func takesAnEmptyFolder() throws {
        let folder = TemporaryFolder()
        try AtomicFolder.write(files, to: folder.path, marker: "MLmodel")
        #expect(folder.names() == ["MLmodel", "retain"])
    }

    @Test func leavesSomeoneElsesFolderAlone() throws {
        let folder = TemporaryFolder()
        try AtomicFile.write([1], to: folder.path + "/thesis.txt")
        let error = #expect(throws: FileError.self) {
            try AtomicFolder.write(files, to: folder.path, marker: "MLmodel")
        }
        #expect(error?.kind == .cannotWrite)
        #expect(error?.reason == "the folder holds other files and no MLmodel")
        #expect(error?.fix == "choose a new or empty folder")
        #expect(folder.names() == ["thesis.txt"])
    }

    @Test func refusesAFile() throws {
        let folder = TemporaryFolder()
        try AtomicFile.write([1], to: folder.path + "/model")
        let error = #expect(throws: FileError.self) {
            try AtomicFolder.write(files, to: folder.path + "/model", marker: "MLmodel")
        }
        #expect(error?.reason == "it is a file, not a folder")
    }

    @Test func leavesNothingWhereItFails() throws {
        let folder = TemporaryFolder()
        let clashing: [(path: String, bytes: [UInt8])] = [("a", [1]), ("a/b", [2])]
        #expect(throws: FileError.self) {
            try AtomicFolder.write(clashing, to: folder.path + "/model", marker: "MLmodel")
        }
        #expect(folder.names().isEmpty)
    }

    @Test func mayNotLeaveItself() async {
        await #expect(processExitsWith: .failure) {
            try AtomicFolder.write([("../a", [1])], to: "/tmp/never", marker: "MLmodel")
        }
    }
}
