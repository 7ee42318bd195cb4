import ChurnModel
import Hummingbird
import Output
import Synchronization
import Wire

extension PredictionService {
    /// `GET /health`: the process answers.
    func health() -> Reply { Reply(["status": "ok"]) }

    /// `GET /ready`: it can predict, and what with.
    ///
    /// 503 from the moment at which it is told to stop.
    func ready() throws(Problem) -> Reply {
        guard !isDraining.load(ordering: .relaxed) else {
            throw Problem(.serviceUnavailable, "The service is shutting down.")
        }
        return Reply(JSONValue.object([("status", "ready")]).with(slot.current.identity))
    }

    /// `GET /version`: of Retain and of the model.
    func version() -> Reply {
        let served = slot.current
        let program: JSONValue = ["retain": .string(RetainVersion.current)]
        return Reply(
            program.with(served.identity).with(["model_digest": .string(served.digest)])
        )
    }
}
