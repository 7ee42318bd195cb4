import ChurnModel
import HTTPTypes
import Hummingbird
import Kernels
import Schema
import Wire

/// The Open Inference Protocol, version 2, over REST: https://github.com/kserve/open-inference-protocol.
extension PredictionService {
    /// `GET /v2`: the server.
    func inferenceServer() -> Reply {
        var json = Array("{\"name\":\"retain\",\"version\":".utf8)
        json.appendJSON(RetainVersion.current)
        return Reply(json + ",\"extensions\":[\"binary_tensor_data\"]}".utf8)
    }

    /// `GET /v2/models/NAME`: what it takes and gives.
    func inferenceModel(_ path: RoutedPath) throws(Problem) -> Reply {
        let served = try model(of: path)
        var json = Array("{\"name\":".utf8)
        json.appendJSON(served.name)
        json += ",\"versions\":[".utf8
        json.appendJSON(served.version)
        json += "],\"platform\":\"retain\",\"inputs\":[".utf8
        for (number, feature) in served.model.schema.features.enumerated() {
            json += (number == 0 ? "{\"name\":" : ",{\"name\":").utf8
            json.appendJSON(feature.name)
            let type = feature.type.kind == .number ? "FP64" : "BYTES"
            json += ",\"datatype\":\"\(type)\",\"shape\":[-1]}".utf8
        }
        json +=
            "],\"outputs\":[{\"name\":\"churn_probability\",\"datatype\":\"FP32\",\"shape\":[-1]}]}"
            .utf8
        return Reply(json)
    }

    /// `GET /v2/models/NAME/ready`.
    func inferenceModelReady(_ path: RoutedPath) throws(Problem) -> Reply {
        let served = try model(of: path)
        _ = try ready()
        var json = Array("{\"name\":".utf8)
        json.appendJSON(served.name)
        return Reply(json + ",\"ready\":true}".utf8)
    }

    /// `POST /v2/models/NAME/infer`, with JSON or binary tensors.
    func infer(
        _ request: Request,
        _ path: RoutedPath,
        _ id: PredictionID
    ) async throws -> Reply {
        let served = try model(of: path)
        let body = try await request.bytes(upTo: limits.bodyBytes)
        let inference = try served.decoder.inference(
            body,
            headerLength: try request.headers.headerLength()
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
        return Reply(json + "]}]}".utf8).naming(id, served)
    }

    /// The model that answers, if it is the one that the path names.
    private func model(of path: RoutedPath) throws(Problem) -> ServedModel {
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

extension HTTPFields {
    /// Triton's name for the length of the JSON before binary tensors.
    fileprivate func headerLength() throws(Problem) -> Int? {
        guard let name = HTTPField.Name("Inference-Header-Content-Length"), let text = self[name]
        else {
            return nil
        }
        guard let length = Int(text), length >= 0 else {
            throw Problem(.badRequest, "Inference-Header-Content-Length is no length.")
        }
        return length
    }
}
