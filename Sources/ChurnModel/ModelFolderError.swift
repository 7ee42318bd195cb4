/// Why a model folder can't be read.
public struct ModelFolderError: Error, Equatable, CustomStringConvertible {
    /// The folder as it was given; nil where the files came from elsewhere.
    public var folder: String?
    /// The file in it, for example `retain/features.json`; nil where none is to blame.
    public let file: String?
    /// What is wrong and how to fix it.
    public let problem: String

    /// One line for a person.
    public var description: String {
        "model folder" + (folder.map { " \($0)" } ?? "") + (file.map { ", \($0)" } ?? "")
            + ": \(problem)"
    }

    init(_ file: String?, _ problem: String) {
        self.file = file
        self.problem = problem
    }
}
