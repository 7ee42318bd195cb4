import ChurnModel
import Explanation
import Kernels
import NIOCore
import OpenAPI
import Output
import Record
import Schema
import Wire

extension PredictionService {
    /// `POST /predict`: one customer or many, by the raw names of their columns.
    func predict(
        _ upload: Upload,
        _ id: PredictionID,
        reasons count: Int?
    ) async throws -> Reply {
        // Before the body comes: whoever sends the wrong one need not send all of it.
        try upload.fields.requireJSON()
        let body = try await upload.bytes()
        let served = slot.current
        let rows = try served.decoder.customers(body)
        guard let count else { return try answer(rows, served, id) }
        guard rows.problems.isEmpty else { throw Problem(rows.problems) }
        let explained = try await explained(rows, served, ExplanationQuery(reasons: count))
        return Reply(served.answer(predict(rows, served, id), rows, id, explained, most: count))
    }

    /// The same for a request whose body has come already, counted.
    ///
    /// - Parameters:
    ///   - body: The customers.
    ///   - fields: What its head says.
    ///   - address: Whose requests are counted, where nobody needs a key.
    ///   - isLate: Whether the requests before it took so long that it is not answered.
    ///   - start: When it came up.
    /// - Returns: The answer.
    func reply(
        toPredict body: Span<UInt8>,
        _ fields: RequestFields,
        from address: String?,
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
                try admit(fields, from: address, to: .predict)
                try fields.requireJSON()
                let served = slot.current
                reply = try answer(try served.decoder.customers(body), served, id)
            }
        } catch {
            reply = self.reply(to: error, .predict, RequestID(fields, else: id))
        }
        let requestID = RequestID(fields, else: id)
        reply.requestID = requestID.text
        reply.isEncrypted = certificate != nil
        finish(.predict, reply, requestID, start)
        return reply
    }

    /// Says what is wrong with what is no request to any route, counted.
    func reply(to problem: Problem) -> Reply {
        var reply = Reply(problem, nil)
        let id = RequestID(RequestFields(), else: PredictionID())
        reply.requestID = id.text
        reply.isEncrypted = certificate != nil
        finish(nil, reply, id, .now())
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
        let probabilities = served.predictor.predict(rows.coded)
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
        _ id: PredictionID,
        _ explained: [ExplainedCustomer] = [],
        most: Int = 0
    ) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(160 * probabilities.count + 160)
        if rows.isSingle {
            append(probabilities[0], id.text, rows.asOf.first, to: &json)
            append(rows.outside[...], to: &json)
            if let customer = explained.first { append(customer, most, to: &json) }
            json.append(UInt8(ascii: ","))
        } else {
            json += "{\"predictions\":[".utf8
            var outside = rows.outside[...]
            for (number, probability) in probabilities.enumerated() {
                if number > 0 { json.append(UInt8(ascii: ",")) }
                append(
                    probability,
                    id.text + "-\(number)".utf8,
                    rows.asOf.isEmpty ? nil : rows.asOf[number],
                    to: &json
                )
                let own = outside.prefix { $0.index == number }
                outside = outside.dropFirst(own.count)
                append(own, to: &json)
                if !explained.isEmpty { append(explained[number], most, to: &json) }
                json.append(UInt8(ascii: "}"))
            }
            json += "],".utf8
        }
        json += signature
        json.append(UInt8(ascii: "}"))
        return json
    }

    /// Adds what weighs most in a score.
    private func append(_ customer: ExplainedCustomer, _ most: Int, to json: inout [UInt8]) {
        json += ",\"base\":".utf8
        json.appendJSON(customer.reasons.base)
        json += ",\"reasons\":".utf8
        customer.reasons.appendList(most: most, to: &json)
    }

    /// Names the fields of a customer that count as the nearest bound, where there are any.
    func append(_ outside: ArraySlice<OutsideField>, to json: inout [UInt8]) {
        guard !outside.isEmpty else { return }
        json += ",\"outside\":[".utf8
        for (number, value) in outside.enumerated() {
            if number > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSON(value.field)
        }
        json.append(UInt8(ascii: "]"))
    }

    /// Adds an object that is not closed yet.
    private func append(
        _ probability: Float,
        _ id: [UInt8],
        _ asOf: Day?,
        to json: inout [UInt8]
    ) {
        json += "{\"churn_probability\":".utf8
        ShortestDecimal.append(probability, to: &json)
        json += ",\"risk\":\"".utf8
        json += model.risk(of: probability).rawValue.utf8
        json += "\",\"prediction_id\":\"".utf8
        json += id
        json.append(UInt8(ascii: "\""))
        if let asOf { json += ",\"as_of\":\"\(asOf)\"".utf8 }
    }
}
