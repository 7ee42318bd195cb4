import ArgumentParser
import Files
import Training

/// `retain import`: a network that was trained elsewhere as a model folder.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a model folder of a network that was trained elsewhere.",
        discussion: """
            The network is JSON: inputs with their scaling, dense layers. `python -m retain_churn.migrate` writes it of a \
            Keras model, its scikit-learn scaler and dummies, and calls this. The model answers as the network did; \
            nothing is trained. The customers are those it learned from, or such: drift is measured from them, reasons are told \
            against them, and they are not judged on, since nobody knows here which of them the network has seen.

              retain import network.json customers.csv --schema retain.yaml -o model
              retain evaluate model customers-it-has-not-seen.csv
            """
    )

    @Argument(help: "The network, JSON.")
    var network: String

    @Argument(help: "A customer file with the target column.")
    var data: String

    @OptionGroup var schema: SchemaOption
    @OptionGroup var targetOption: TargetOption
    @OptionGroup var asOf: AsOfOption

    @Option(name: .shortAndLong, help: "The model folder to write; an earlier one is replaced.")
    var output = "model"

    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption

    func run() async throws {
        let bytes = try BlockReader.contents(of: network)
        let imported = try NetworkImport(json: bytes, file: network)
        let (material, project) = try trainingMaterial(
            data,
            schema,
            targetOption,
            model: nil,
            asOf: asOf.day,
            threads: threads.count,
            encoding: encoding.choice
        )
        let result = try imported.model(project, data: material.data, threads: threads.count)
        try result.save(to: output)
        note(
            "Wrote the model to \(output): \(imported.name), \(material.data.labels.count) customers beside it."
        )
    }
}
