import ArgumentParser
import ChurnModel
import Files

/// `retain export`: the model as ONNX.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the model as one ONNX file, from raw columns to the probability.",
        discussion: """
            Inputs are the raw columns by their names, each of shape [rows]; the output is \
            churn_probability. Every model folder holds the same file as model.onnx.

              retain export model -o churn.onnx
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Option(name: .shortAndLong, help: "Where the file goes; - is standard output.")
    var output = "model.onnx"

    @OptionGroup var tracking: TrackingOptions

    func run() async throws {
        let saved = try await loadModel(model, tracking)
        let bytes = try saved.model.onnx(saved.reference)
        try AtomicFile.write(bytes, to: output)
        note("Wrote \(bytes.count / 1000) kB to \(output == "-" ? "standard output" : output).")
    }
}
