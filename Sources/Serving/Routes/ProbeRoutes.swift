import ChurnModel
import Hummingbird
import Synchronization
import Wire

extension PredictionService {
    /// `GET /health`: the process answers.
    func health() -> Reply { Reply(Array("{\"status\":\"ok\"}".utf8)) }

    /// `GET /ready`: it can predict, and what with.
    ///
    /// 503 from the moment at which it is told to stop.
    func ready() throws(Problem) -> Reply {
        guard !isDraining.load(ordering: .relaxed) else {
            throw Problem(.serviceUnavailable, "The service is shutting down.")
        }
        return Reply(
            Array("{\"status\":\"ready\",".utf8) + slot.current.signature + [UInt8(ascii: "}")]
        )
    }

    /// `GET /version`: of Retain and of the model.
    func version() -> Reply {
        var json = Array("{\"retain\":".utf8)
        json.appendJSON(RetainVersion.current)
        json += ",".utf8 + slot.current.signature + ",\"model_digest\":".utf8
        json.appendJSON(slot.current.digest)
        return Reply(json + [UInt8(ascii: "}")])
    }
}
