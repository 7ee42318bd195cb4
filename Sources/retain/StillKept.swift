import FoundationEssentials
import Output
import Training

/// Something failed after a model was trained, and yet it is kept.
struct StillKept: RetainError {
    /// What failed.
    let error: any Error
    /// Where the model is.
    let place: String

    init(_ error: any Error, _ place: String) {
        self.error = error
        self.place = place
    }

    var exitStatus: ExitStatus { ExitStatus(error) }

    var description: String { "\(error)\n\(place)" }
}

extension TrainingWorkflow.Result {
    /// Writes the model to a new folder among those that are temporary: where neither the folder that was asked for nor a
    /// record takes it, hours of work shall not be lost.
    ///
    /// - Returns: The folder.
    /// - Throws: `FileError` where that can't be written either.
    func rescue() throws -> String {
        let folder = FileManager.default.temporaryDirectory.path
        let path = "\(folder)/retain-model-\(milliseconds())"
        try save(to: path)
        return path
    }
}
