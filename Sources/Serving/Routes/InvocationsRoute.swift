import ChurnModel
import HTTPTypes
import Kernels
import Record
import Tabular
import Wire

extension PredictionService {
    /// `POST /invocations`: as MLflow's scoring server answers for the exported model.
    ///
    /// What is wrong with the customers is 400, as MLflow has it, in the form of all other problems.
    func invocations(_ upload: Upload, _ id: PredictionID) async throws -> Reply {
        let isCSV = upload.fields.mediaType == "text/csv"
        if !isCSV { try upload.fields.requireJSON(or: "text/csv") }
        let body = try await upload.bytes()
        let served = slot.current
        let rows: CustomerRows
        do {
            rows = try isCSV ? served.decoder.table(body) : served.decoder.frame(body)
        } catch let error as CSVError {
            throw Problem(.badRequest, "The body can't be read as CSV: \(error).")
        }
        guard rows.problems.isEmpty else {
            var problem = Problem(rows.problems)
            problem.status = .badRequest
            throw problem
        }
        let probabilities = predict(rows, served, id)
        var json = Array("{\"predictions\":[".utf8)
        for (row, probability) in probabilities.enumerated() {
            json += (row == 0 ? "{\"churn_probability\":" : ",{\"churn_probability\":").utf8
            ShortestDecimal.append(probability, to: &json)
            json.append(UInt8(ascii: "}"))
        }
        json += "]}".utf8
        return Reply(json).naming(id, served).naming(rows.asOf)
    }
}
