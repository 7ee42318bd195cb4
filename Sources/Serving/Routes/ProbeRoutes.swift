import ChurnModel
import Hummingbird
import Synchronization
import Wire

extension PredictionService {
    /// `GET /health`: the process answers.
    func health() -> Response { Response(Array("{\"status\":\"ok\"}".utf8), "application/json") }

    /// `GET /ready`: it can predict, and what with.
    ///
    /// 503 from the moment at which it is told to stop.
    func ready() throws(Problem) -> Response {
        guard !isDraining.load(ordering: .relaxed) else {
            throw Problem(.serviceUnavailable, "The service is shutting down.")
        }
        return Response(
            Array("{\"status\":\"ready\",".utf8) + slot.current.signature + [UInt8(ascii: "}")],
            "application/json"
        )
    }

    /// `GET /version`: of Retain and of the model.
    func version() -> Response {
        var json = Array("{\"retain\":".utf8)
        json.appendJSON(RetainVersion.current)
        json += ",".utf8 + slot.current.signature + ",\"model_digest\":".utf8
        json.appendJSON(slot.current.digest)
        return Response(json + [UInt8(ascii: "}")], "application/json")
    }
}
