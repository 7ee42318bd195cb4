import Files
import FoundationEssentials

/// Makes the folder of `--output` where it is not there.
///
/// - Throws: `FileError` where it can't be made.
func makeOutputFolder(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
        throw FileError(
            kind: .cannotWrite,
            path: path,
            reason: "the folder can't be made",
            fix: "choose another with --output"
        )
    }
}
