import Drift
import Output
import Schema

/// The files by which MLflow knows a folder as a model.
enum MLflowFiles {
    static let modelPath = "MLmodel"
    static let onnxPath = "model.onnx"
    /// The release whose form the files have.
    private static let version = "2.22.1"
    /// MLflow hands the text columns of pandas 3 to onnxruntime as they are, which refuses them.
    private static let requirements = [
        "mlflow>=\(version),<4", "numpy", "onnx>=1.14", "onnxruntime>=1.16", "pandas<3",
    ]

    /// The files around the model's content, whose digest makes the model's identity.
    ///
    /// There is no time stamp: the same content gives the same bytes.
    static func files(
        _ inputs: [(column: ColumnSchema, type: MLflowType)],
        reference: DriftReference,
        digest: String
    ) -> [ModelFile] {
        let example = inputExample(inputs, reference)
        return [
            ModelFile(
                path: modelPath,
                text: mlModel(inputs, uuid: String(digest.prefix(32)), identity: nil)
            ),
            ModelFile(path: "requirements.txt", text: requirements.map { $0 + "\n" }.joined()),
            ModelFile(path: "python_env.yaml", text: pythonEnvironment),
            ModelFile(path: "conda.yaml", text: condaEnvironment),
            ModelFile(path: "input_example.json", text: example.text(.spaced) + "\n"),
            ModelFile(
                path: "serving_input_example.json",
                text: JSONValue.object([("dataframe_split", example)]).text(.spaced) + "\n"
            ),
        ]
    }

    /// `MLmodel`; without an identity, for a folder that MLflow does not keep.
    static func mlModel(
        _ inputs: [(column: ColumnSchema, type: MLflowType)],
        uuid: String,
        identity: MLflowIdentity?
    ) -> String {
        func signature(_ type: String, _ name: String) -> JSONValue {
            ["type": .string(type), "name": .string(name), "required": true]
        }
        let columns = inputs.map { signature($0.type.rawValue, $0.column.name) }
        let output = signature("float", ChurnModel.onnxOutput(beside: inputs.map(\.column)))
        var text = ""
        if let identity { text += "artifact_path: \(quoted(identity.artifactPath))\n" }
        text += """
            flavors:
              onnx:
                code: null
                data: \(onnxPath)
                onnx_session_options: null
                onnx_version: 1.14.0
                providers:
                - CPUExecutionProvider
              python_function:
                data: \(onnxPath)
                env:
                  conda: conda.yaml
                  virtualenv: python_env.yaml
                loader_module: mlflow.onnx
                python_version: 3.11.9
              retain:
                code: null
                data: retain
                format_version: \(Manifest.currentFormatVersion)
            mlflow_version: \(version)

            """
        if let id = identity?.modelID { text += "model_id: \(id)\n" }
        text += "model_uuid: \(quoted(identity?.modelID ?? uuid))\n"
        if let identity { text += "run_id: \(quoted(identity.runID))\n" }
        text += """
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              serving_input_path: serving_input_example.json
              type: dataframe
            signature:
              inputs: \(quoted(JSONValue.array(columns).text(.spaced)))
              outputs: \(quoted(JSONValue.array([output]).text(.spaced)))
              params: null

            """
        if let identity { text += "utc_time_created: \(quoted(identity.created))\n" }
        return text
    }

    /// A row that nobody is: medians, the first levels, and no.
    private static func inputExample(
        _ inputs: [(column: ColumnSchema, type: MLflowType)],
        _ reference: DriftReference
    ) -> JSONValue {
        let values = inputs.map { column, type in
            let profile = reference.columns.first { $0.name == column.name }
            return column.example(type, median: profile?.sample?.quantile(0.5))
        }
        return [
            "columns": .array(inputs.map { .string($0.column.name) }), "data": [.array(values)],
        ]
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

    private static var condaEnvironment: String {
        """
        channels:
        - conda-forge
        dependencies:
        - python=3.11
        - pip
        - pip:
        \(requirements.map { "  - \($0)\n" }.joined())name: mlflow-env

        """
    }
}

extension ColumnSchema {
    fileprivate func example(_ type: MLflowType, median: Double?) -> JSONValue {
        switch self.type.coding {
        case .number: example(median ?? self.type.example, type)
        case .truth(let no, _): example(no, of: [no], type)
        case .level(let levels): example(levels.first ?? "", of: levels, type)
        case nil: ""
        }
    }

    private func example(_ level: String, of levels: [String], _ type: MLflowType) -> JSONValue {
        switch type {
        case .string: .string(level)
        case .boolean: .truth(MLflowType.truth(of: level) ?? false)
        case .long, .double: example(MLflowType.numbers(of: levels)?.first ?? 0, type)
        }
    }

    private func example(_ number: Double, _ type: MLflowType) -> JSONValue {
        type == .long ? .whole(Int(number.rounded())) : .real(number)
    }
}
