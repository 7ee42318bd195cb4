import ChurnModel
import HTTPTypes
import Kernels
import Output
import Record
import Schema
import Wire

/// The Open Inference Protocol, version 2, over REST: https://github.com/kserve/open-inference-protocol.
extension PredictionService {
    /// `GET /v2`: the server.
    func inferenceServer() -> Reply {
        Reply([
            "name": "retain", "version": .string(RetainVersion.current),
            "extensions": ["binary_tensor_data"],
        ])
    }

    /// `GET /v2/models/NAME`: what it takes and gives.
    func inferenceModel(_ path: RoutedPath) throws(Problem) -> Reply {
        let served = try model(of: path)
        func tensor(_ name: String, _ type: String) -> JSONValue {
            ["name": .string(name), "datatype": .string(type), "shape": [-1]]
        }
        let inputs = served.model.schema.givenFeatures.map { feature in
            tensor(feature.name, TensorType(feature).rawValue)
        }
        return Reply([
            "name": .string(served.name), "versions": [.string(served.version)],
            "platform": "retain", "inputs": .array(inputs),
            "outputs": [tensor("churn_probability", "FP32")],
        ])
    }

    /// `GET /v2/models/NAME/ready`.
    func inferenceModelReady(_ path: RoutedPath) throws(Problem) -> Reply {
        let served = try model(of: path)
        _ = try ready()
        return Reply(["name": .string(served.name), "ready": true])
    }

    /// `POST /v2/models/NAME/infer`, with JSON or binary tensors.
    func infer(
        _ upload: Upload,
        _ path: RoutedPath,
        _ id: PredictionID
    ) async throws -> Reply {
        let served = try model(of: path)
        let body = try await upload.bytes()
        let inference = try served.decoder.inference(
            body,
            headerLength: try upload.jsonLength()
        )
        let rows = inference.rows
        guard rows.problems.isEmpty else {
            var problem = Problem(rows.problems)
            problem.status = .badRequest
            throw problem
        }
        let probabilities = predict(rows, served, id)
        var json = Array("{\"model_name\":".utf8)
        json.appendJSON(served.name)
        json += ",\"model_version\":".utf8
        json.appendJSON(served.version)
        if let id = inference.id {
            json += ",\"id\":".utf8
            json.appendJSON(id)
        }
        json +=
            ",\"outputs\":[{\"name\":\"churn_probability\",\"datatype\":\"FP32\",\"shape\":[".utf8
        json += "\(probabilities.count)],\"data\":[".utf8
        for (row, probability) in probabilities.enumerated() {
            if row > 0 { json.append(UInt8(ascii: ",")) }
            ShortestDecimal.append(probability, to: &json)
        }
        return Reply(json + "]}]}".utf8).naming(id, served).naming(rows.asOf)
    }

    /// The model that answers, if it is the one that the path names.
    func model(of path: RoutedPath) throws(Problem) -> ServedModel {
        let served = slot.current
        guard path.model == served.name, path.version == nil || path.version == served.version
        else {
            throw Problem(
                .notFound,
                "This service has no such model or version; GET /version names its own."
            )
        }
        return served
    }
}

extension Upload {
    /// Triton's name for the length of the JSON before binary tensors.
    fileprivate func jsonLength() throws(Problem) -> Int? {
        guard let text = headers[.jsonLength] else { return nil }
        guard let length = Int(text), length >= 0 else {
            throw Problem(.badRequest, "Inference-Header-Content-Length is no length.")
        }
        return length
    }
}

extension HTTPField.Name {
    fileprivate static let jsonLength = name("Inference-Header-Content-Length")
}
