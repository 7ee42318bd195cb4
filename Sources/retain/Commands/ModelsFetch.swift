import ArgumentParser
import ChurnModel
import Tracking

/// `retain models fetch MODEL`.
struct ModelsFetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Copy a registered or logged model into a folder, byte for byte.",
        discussion: """
            The folder is whole or not there, and an earlier model in it is replaced. Whatever takes a model takes it.

              retain models fetch models:/churn@champion -o champion
            """
    )

    @Argument(help: "runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Option(name: .shortAndLong, help: "The folder.")
    var output: String

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard ModelAddress(model) != nil else {
            throw ValidationError(
                "\(model) is none of runs:/ID/model, models:/NAME/VERSION and models:/NAME@ALIAS; a folder needs no fetching"
            )
        }
    }

    func run() async throws {
        try ModelFolder.check(output)
        let (files, version) = try await tracking.withStore { store in
            let version = try await store.version(model)
            return (try await store.modelFiles(at: version?.source ?? model), version)
        }
        let copies = files.map { ModelFile(path: $0.path, bytes: $0.bytes) }
        let saved = try SavedModel(files: copies)
        try ModelFolder.save(copies, to: output)
        let fetched = FetchedModel(
            folder: output,
            digest: saved.digest,
            name: version?.name,
            version: version?.version
        )
        guard !asJSON.isOn else { return try say(json(fetched)) }
        let which = version.map { "version \($0.version) of \($0.name)" } ?? model
        note("Wrote \(which) to \(output).")
    }
}

/// What `--json` prints.
private struct FetchedModel: Encodable {
    let folder, digest: String
    let name: String?
    let version: Int?
}
