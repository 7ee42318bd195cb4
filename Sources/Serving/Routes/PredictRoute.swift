import ChurnModel
import Hummingbird
import Kernels
import NIOCore
import Wire

extension PredictionService {
    /// `POST /predict`: one customer or many, by the raw names of their columns.
    func predict(_ request: Request, _ id: PredictionID) async throws -> Reply {
        // Before the body comes: whoever sends the wrong one need not send all of it.
        try request.headers.requireJSON()
        let body = try await request.bytes(upTo: limits.bodyBytes)
        let served = slot.current
        return try answer(try served.decoder.customers(body), served, id)
    }

    /// The same for a plain request whose body has come already, counted.
    ///
    /// - Parameters:
    ///   - body: The customers.
    ///   - caller: Whose requests are counted; nil where nobody's are.
    ///   - isLate: Whether the requests before it took so long that it is not answered.
    ///   - start: When it came up.
    /// - Returns: The answer.
    func reply(
        toPredict body: Span<UInt8>,
        caller: String?,
        isLate: Bool,
        start: NIODeadline
    ) -> Reply {
        let id = PredictionID()
        var reply: Reply
        do {
            if isLate {
                metrics.countRefusal()
                reply = Self.refusal
            } else {
                if let caller { try hold(caller, to: limits.requestsPerSecond) }
                let served = slot.current
                reply = try answer(try served.decoder.customers(body), served, id)
            }
        } catch {
            reply = self.reply(to: error, .predict, RequestID([:], else: id))
        }
        reply.requestID = id.text
        reply.isEncrypted = certificate != nil
        finish(.predict, reply, RequestID([:], else: id), start)
        return reply
    }

    /// Made once: under overload it is what there is most of.
    private static let refusal = Reply(.tooMany, .predict)

    private func answer(
        _ rows: CustomerRows,
        _ served: ServedModel,
        _ id: PredictionID
    ) throws(Problem) -> Reply {
        guard rows.problems.isEmpty else { throw Problem(rows.problems) }
        return Reply(served.answer(predict(rows, served, id), rows, id))
    }

    /// Predicts, counts and keeps, for all protocols.
    func predict(_ rows: CustomerRows, _ served: ServedModel, _ id: PredictionID) -> [Float] {
        let probabilities = served.predictor.predict(rows.values)
        metrics.count(rows, probabilities.lazy.map { served.model.risk(of: $0) })
        if keepsPredictions { queue.add(rows, probabilities, served, id) }
        return probabilities
    }
}

extension ServedModel {
    /// What `/predict` says of some customers.
    fileprivate func answer(
        _ probabilities: [Float],
        _ rows: CustomerRows,
        _ id: PredictionID
    ) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(160 * probabilities.count + 160)
        if rows.isSingle {
            append(probabilities[0], id.text, to: &json)
            json.append(UInt8(ascii: ","))
        } else {
            json += "{\"predictions\":[".utf8
            for (number, probability) in probabilities.enumerated() {
                if number > 0 { json.append(UInt8(ascii: ",")) }
                append(probability, id.text + "-\(number)".utf8, to: &json)
                json.append(UInt8(ascii: "}"))
            }
            json += "],".utf8
        }
        json += signature
        json.append(UInt8(ascii: "}"))
        return json
    }

    /// Adds an object that is not closed yet.
    private func append(_ probability: Float, _ id: [UInt8], to json: inout [UInt8]) {
        json += "{\"churn_probability\":".utf8
        ShortestDecimal.append(probability, to: &json)
        json += ",\"risk\":\"".utf8
        json += model.risk(of: probability).rawValue.utf8
        json += "\",\"prediction_id\":\"".utf8
        json += id
        json.append(UInt8(ascii: "\""))
    }
}
