import Desk
import Files
import Foundation
import Schema
import Synchronization

/// The desk's files: customers that were uploaded, what was rejected of them, and the lists of campaigns.
///
/// It keeps so many uploads, the newest; an older one goes with all that belongs to it, so that nobody fills the disk.
struct DeskFolder: Sendable {
    let path: String
    let uploads: Int

    /// An uploaded file by its number.
    struct Upload: Equatable, Sendable {
        let folder: String
        /// 32 hexadecimal digits that nobody guesses.
        let id: String

        /// The customers as they came.
        var customers: String { "\(folder)/\(id).csv" }
        /// Their scores as of a day; nil for the day on which they came.
        func scores(_ asOf: Day?) -> String {
            "\(folder)/\(id).\(asOf.map { "\($0)." } ?? "")scores.csv"
        }
        /// The rows that break the schema.
        var rejects: String { "\(folder)/\(id).rejects.csv" }

        /// Whether they were scored as of a day.
        func isScored(_ asOf: Day?) -> Bool {
            FileManager.default.fileExists(atPath: scores(asOf))
        }

        /// Removes it, where it is there.
        func forget() { try? FileManager.default.removeItem(atPath: customers) }
    }

    private var uploadFolder: String { path + "/uploads" }
    /// Where the lists of campaigns are.
    var lists: String { path + "/campaigns" }

    /// Makes the folders where they are not there; only their owner may read them.
    func prepare() throws {
        for folder in [uploadFolder, lists] {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
    }

    /// A place for another upload; the oldest go.
    func newUpload() throws -> Upload {
        try prepare()
        let id = hexadecimal((0 ..< 16).map { _ in UInt8.random(in: .min ... .max) })
        let known = try FileManager.default.contentsOfDirectory(atPath: uploadFolder)
        let ids = Set(known.compactMap { $0.split(separator: ".").first.map(String.init) })
        let byAge = ids.sorted { age($0) > age($1) }
        for old in byAge.prefix(max(0, byAge.count - uploads + 1)) {
            for name in known where name.hasPrefix(old + ".") {
                try? FileManager.default.removeItem(atPath: uploadFolder + "/" + name)
            }
        }
        return Upload(folder: uploadFolder, id: id)
    }

    /// Seconds since a file of an upload was written last.
    private func age(_ id: String) -> TimeInterval {
        let url = URL(filePath: "\(uploadFolder)/\(id).csv")
        let date = try? url.resourceValues(forKeys: [.contentModificationDateKey])
        return -(date?.contentModificationDate ?? .distantPast).timeIntervalSinceNow
    }

    /// The upload of a number that a page named; nil where it is gone or none.
    func upload(_ id: String) -> Upload? {
        guard id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else { return nil }
        let upload = Upload(folder: uploadFolder, id: id)
        return FileManager.default.fileExists(atPath: upload.customers) ? upload : nil
    }
}

/// Writes the file of a form as it comes, and gathers the fields beside it.
final class FormFile: Sendable {
    private struct State {
        var reader: MultipartReader
        var handle: FileHandle?
        var form: [(name: String, value: [UInt8])] = []
        var isFile = false
        var fileName: String?
        var bytes = 0
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - boundary: Of the form.
    ///   - path: Where the file goes.
    /// - Throws: `DeskProblem.failed` where the file can't be made.
    init(boundary: String, path: String) throws {
        let made = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard made, let handle = FileHandle(forWritingAtPath: path) else {
            throw DeskProblem.failed
        }
        state = Mutex(State(reader: MultipartReader(boundary: boundary), handle: handle))
    }

    /// Takes the next piece.
    ///
    /// - Throws: `MultipartReader.Fault`; `DeskProblem.tooLong` for fields that are none; what writing throws.
    func take(_ piece: [UInt8]) throws {
        try state.withLock { state in
            var reader = state.reader
            try reader.take(piece) { event in
                switch event {
                case .begin(let name, let file):
                    state.isFile = file != nil
                    if let file { state.fileName = file } else { state.form.append((name, [])) }
                case .bytes(let bytes):
                    if state.isFile {
                        try state.handle?.write(contentsOf: bytes)
                        state.bytes += bytes.count
                    } else if !state.form.isEmpty {
                        state.form[state.form.count - 1].value += bytes
                        guard state.form.reduce(0, { $0 + $1.value.count }) <= DeskSite.longestForm
                        else { throw DeskProblem.tooLong(DeskSite.longestForm) }
                    }
                case .end: state.isFile = false
                }
            }
            state.reader = reader
        }
    }

    /// The fields beside the file.
    var fields: [(name: String, value: String)] {
        state.withLock { $0.form.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) } }
    }

    /// The file's name on the other machine; nil where none was chosen.
    var fileName: String? { state.withLock { $0.fileName?.isEmpty == true ? nil : $0.fileName } }
    /// The file's length.
    var byteCount: Int { state.withLock(\.bytes) }

    /// Ends the file.
    ///
    /// - Throws: `MultipartReader.Fault` where the form was cut off.
    func close() throws {
        try state.withLock { state in
            try state.handle?.close()
            state.handle = nil
            guard state.reader.isOver else { throw MultipartReader.Fault() }
        }
    }
}
