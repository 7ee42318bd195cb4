import ChurnModel
import Foundation
import Testing

@Suite struct MLflowFilesTests {
    private let small: SmallModel
    private let files: [ModelFile]

    init() throws {
        small = try SmallModel()
        files = try small.files()
    }

    private func text(_ path: String, in files: [ModelFile]? = nil) -> String {
        (files ?? self.files).first { $0.path == path }
            .map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    @Test func `MLmodel describes the raw columns and what Python loads`() throws {
        let model = text("MLmodel")
        #expect(
            model.hasPrefix(
                """
                flavors:
                  onnx:
                    code: null
                    data: model.onnx
                    onnx_session_options: null
                    onnx_version: 1.14.0
                    providers:
                    - CPUExecutionProvider
                  python_function:
                    data: model.onnx
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    loader_module: mlflow.onnx
                    python_version: 3.11.9
                  retain:
                    code: null
                    data: retain
                    format_version: 5

                """
            )
        )
        #expect(
            model.contains(
                #"  inputs: '[{"type": "string", "name": "Country", "required": true}, "#
                    + #"{"type": "double", "name": "Age", "required": true}, "#
                    + #"{"type": "long", "name": "Active", "required": true}, "#
                    + #"{"type": "string", "name": "Card", "required": true}]'"#
            )
        )
    }

    @Test func `a folder that MLflow does not keep has no made-up identity but its digest's`() {
        let model = text("MLmodel")
        for key in ["model_id", "run_id", "artifact_path: '", "time"] {
            #expect(!model.contains("\n\(key)") && !model.hasPrefix(key))
        }
        #expect(model.split(separator: "\n").count { $0.hasPrefix("model_uuid: '") } == 1)
    }

    @Test func `the examples are a row that nobody is`() {
        let row =
            #"{"columns": ["Country", "Age", "Active", "Card"], "#
            + #""data": [["Bob's \"\u00cele\"", 69.5, 0, "no"]]}"#
        #expect(text("input_example.json") == row + "\n")
        #expect(
            text("serving_input_example.json") == #"{"dataframe_split": "# + row + "}\n"
        )
    }

    @Test(arguments: ["requirements.txt", "conda.yaml"])
    func `the environment has what loads the model`(path: String) {
        for package in ["mlflow>=", "numpy", "onnx>=", "onnxruntime>=", "pandas"] {
            #expect(text(path).contains(package))
        }
    }

    @Test(arguments: ["m-0123456789abcdef0123456789abcdef", nil] as [String?])
    func `a labelled folder loads and tells what MLflow calls the model`(id: String?) throws {
        let identity = MLflowIdentity(
            runID: "25916dd7df2740c0b07842a1bba47785",
            modelID: id,
            artifactPath: "bob's model",
            created: "2026-11-23 16:31:48.551575"
        )
        let labelled = try ModelFolder.labelled(files, as: identity)
        let model = text("MLmodel", in: labelled)
        #expect(model.hasPrefix("artifact_path: 'bob''s model'\nflavors:\n"))
        #expect(model.contains("\nrun_id: '25916dd7df2740c0b07842a1bba47785'\n"))
        #expect(model.hasSuffix("\nutc_time_created: '2026-11-23 16:31:48.551575'\n"))
        #expect(model.contains("\nmodel_id: ") == (id != nil))
        if let id { #expect(model.contains("\nmodel_id: \(id)\nmodel_uuid: '\(id)'\n")) }

        // Everything else stays, and the folder is as safe from changes as before.
        let kept = Set(files.map(\.path)).subtracting(["MLmodel", Manifest.path])
        for path in kept { #expect(text(path, in: labelled) == text(path)) }
        #expect(Set(labelled.map(\.path)) == Set(files.map(\.path)))
        let saved = try SavedModel(files: labelled)
        #expect(saved.model == small.model && saved.reference == small.reference)
        let changed = labelled.map { file in
            file.path == "MLmodel" ? ModelFile(path: "MLmodel", text: model + " ") : file
        }
        #expect(throws: ModelFolderError.self) { try SavedModel(files: changed) }

        #expect(try ModelFolder.labelled(files, as: identity) == labelled)
        // From a folder that has an identity to another one, and from a download.
        let download = labelled + [ModelFile(path: "registered_model_meta", text: "x")]
        #expect(try ModelFolder.labelled(download, as: identity).count == files.count)
    }
}
