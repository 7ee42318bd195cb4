import Files
import Schema

/// The files by which MLflow knows a folder as a model.
enum MLflowFiles {
    /// The release whose form the files have.
    private static let version = "2.22.1"

    /// The files around the model's content, whose digest makes the model's identity.
    ///
    /// There is no time stamp: the same content gives the same bytes.
    static func files(
        schema: Schema,
        reference: ReferenceProfile,
        digest: String
    ) -> [ModelFile] {
        [
            ModelFile(path: "MLmodel", text: mlModel(schema, identity: String(digest.prefix(32)))),
            ModelFile(path: "requirements.txt", text: "mlflow>=\(version),<4\n"),
            ModelFile(path: "python_env.yaml", text: pythonEnvironment),
            ModelFile(path: "conda.yaml", text: condaEnvironment),
            ModelFile(path: "input_example.json", text: inputExample(schema, reference)),
        ]
    }

    private static func mlModel(_ schema: Schema, identity: String) -> String {
        let inputs = schema.features.map { feature in
            "{\"type\": \"\(feature.mlflowType)\", \"name\": \(jsonString(feature.name)),"
                + " \"required\": true}"
        }
        let output = #"{"type": "float", "name": "churn_probability", "required": true}"#
        return """
            flavors:
              retain:
                code: null
                data: retain
                format_version: \(Manifest.currentFormatVersion)
            mlflow_version: \(version)
            model_id: m-\(identity)
            model_uuid: '\(identity)'
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              type: dataframe
            signature:
              inputs: \(quoted("[\(inputs.joined(separator: ", "))]"))
              outputs: \(quoted("[\(output)]"))
              params: null

            """
    }

    /// A row that nobody is: medians, the first levels, and no.
    private static func inputExample(_ schema: Schema, _ reference: ReferenceProfile) -> String {
        let values = schema.features.map { feature in
            let profile = reference.features.first { $0.name == feature.name }
            return feature.exampleJSON(median: profile?.number?.quantiles[50])
        }
        let names = schema.features.map { jsonString($0.name) }
        return """
            {"columns": [\(names.joined(separator: ", "))], "data": [[\(values.joined(separator: ", "))]]}

            """
    }

    /// A YAML string in single quotes.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }

    private static let pythonEnvironment = """
        python: 3.11.9
        build_dependencies:
        - pip
        - setuptools
        - wheel
        dependencies:
        - -r requirements.txt

        """

    private static let condaEnvironment = """
        channels:
        - conda-forge
        dependencies:
        - python=3.11
        - pip
        - pip:
          - mlflow>=\(version),<4
        name: mlflow-env

        """
}

extension ColumnSchema {
    /// The type in MLflow's words.
    ///
    /// A nullable column can't be an integer or boolean in pandas.
    fileprivate var mlflowType: String {
        switch type {
        case .number: "double"
        case .boolean("0", "1"): nulls == .error ? "long" : "double"
        case .boolean("false", "true") where nulls == .error: "boolean"
        case .boolean, .levels, .text: "string"
        }
    }

    fileprivate func exampleJSON(median: Double?) -> String {
        switch type {
        case .number(let minimum, _): "\(median ?? minimum ?? 0)"
        case .boolean(let no, _):
            switch mlflowType {
            case "string": jsonString(no)
            case "double": "0.0"
            default: no
            }
        case .levels(let levels): jsonString(levels.first ?? "")
        case .text: jsonString("")
        }
    }
}
