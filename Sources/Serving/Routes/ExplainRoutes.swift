import ChurnModel
import Explanation
import Files
import HTTPTypes
import Output
import Wire

extension PredictionService {
    /// `POST /explain`: why one customer or many have their scores.
    func explain(_ upload: Upload, _ wanted: ExplanationQuery) async throws -> Reply {
        try upload.fields.requireJSON()
        let body = try await upload.bytes()
        let served = slot.current
        let (rows, before) = try served.decoder.explained(body)
        guard rows.problems.isEmpty else { throw Problem(rows.problems) }
        let customers = try await explained(rows, served, wanted)
        let moves = try await moves(rows, from: before, served, wanted)
        var json: [UInt8] = []
        if rows.isSingle {
            json += served.explanation(customers[0], rows, 0, wanted, moves?[0]).dropLast()
        } else {
            json += "{\"explanations\":[".utf8
            for (number, customer) in customers.enumerated() {
                if number > 0 { json.append(UInt8(ascii: ",")) }
                json += served.explanation(customer, rows, number, wanted, moves?[number])
            }
            json.append(UInt8(ascii: "]"))
        }
        json += ",\"reference_error\":".utf8
        json.appendJSON(served.explainer?.referenceError ?? 0)
        json += ",\"note\":".utf8
        json.appendJSON(ReasonTeller.disclaimer(wanted.language))
        json.append(UInt8(ascii: ","))
        json += served.signature
        json.append(UInt8(ascii: "}"))
        return Reply(json)
    }

    /// `POST /v1/models/NAME:explain`: the same in the form of KServe's protocol.
    func explainModel(
        _ upload: Upload,
        _ path: RoutedPath,
        _ wanted: ExplanationQuery
    ) async throws -> Reply {
        let served = try model(of: path)
        try upload.fields.requireJSON()
        let rows = try served.decoder.frame(try await upload.bytes())
        guard rows.problems.isEmpty else {
            var problem = Problem(rows.problems)
            problem.status = .badRequest
            throw problem
        }
        let customers = try await explained(rows, served, wanted)
        var json = Array("{\"predictions\":[".utf8)
        for (number, customer) in customers.enumerated() {
            if number > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSON(customer.reasons.probability)
        }
        json += "],\"explanations\":[".utf8
        for (number, customer) in customers.enumerated() {
            if number > 0 { json.append(UInt8(ascii: ",")) }
            json += served.explanation(customer, rows, number, wanted)
        }
        json += "]}".utf8
        var reply = Reply(json).naming(rows.asOf)
        reply.headers[.model] = served.headerLabel
        return reply
    }

    /// Explains the customers of a request when its turn comes.
    ///
    /// - Throws: 413 for too many, 501 where the model can't tell, 503 where too many wait.
    func explained(
        _ rows: CustomerRows,
        _ served: ServedModel,
        _ wanted: ExplanationQuery
    ) async throws(Problem) -> [ExplainedCustomer] {
        guard let explainer = served.explainer else {
            throw Problem(
                .notImplemented,
                "This model has no reference customers, against whom reasons are told, since an older Retain trained it; train it anew."
            )
        }
        guard rows.count <= limits.explainedCustomers else {
            throw Problem(
                .contentTooLarge,
                "At most \(limits.explainedCustomers) customers are explained at once; these are \(rows.count). Send the others in further requests, or use `retain explain`."
            )
        }
        guard rows.count > 0 else { return [] }
        let coded = rows.coded
        let done = await explaining.run(upTo: limits.explanationsWaiting) {
            explainer.explain(
                coded,
                wanted.method,
                withLevers: wanted.withLevers,
                threads: Processors.active
            )
        }
        guard let done else { throw tooMany() }
        return done
    }
}

extension ServedModel {
    /// One explained customer as an object.
    fileprivate func explanation(
        _ customer: ExplainedCustomer,
        _ rows: CustomerRows,
        _ number: Int,
        _ wanted: ExplanationQuery,
        _ move: MoveFinding? = nil
    ) -> [UInt8] {
        var json = Array("{".utf8)
        if let identifier = rows.identifiers[number] {
            json += "\"identifier\":".utf8
            json.appendJSON(identifier)
            json.append(UInt8(ascii: ","))
        }
        customer.appendMembers(most: wanted.reasons, wanted.language, to: &json)
        if wanted.withLevers, customer.levers == nil { json += ",\"levers\":null".utf8 }
        let risk = model.risk(of: Float(customer.reasons.probability))
        json += ",\"risk\":\"\(risk.rawValue)\",\"sentences\":[".utf8
        let count = wanted.reasons ?? Self.usualReasons
        let sentences = explainer?.sentences(customer, count: count, wanted.language) ?? []
        for (place, sentence) in sentences.enumerated() {
            if place > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSON(sentence)
        }
        json.append(UInt8(ascii: "]"))
        if let move {
            json.append(UInt8(ascii: ","))
            move.appendMembers(count: count, wanted.language, to: &json)
        }
        append(rows.outside[...].filter { $0.index == number }[...], to: &json)
        if rows.asOf.indices.contains(number) {
            json += ",\"as_of\":\"\(rows.asOf[number])\"".utf8
        }
        json.append(UInt8(ascii: "}"))
        return json
    }

    /// So many columns are named in sentences where nothing else is asked.
    private static let usualReasons = 3
}
