import Output
public import Texts

extension ExplainedCustomer {
    /// Adds the members of a JSON object, without its braces: `"probability":0.54,"base":0.2,"reasons":[…]`.
    ///
    /// Every number has all its digits, so that `base`, all points and `others` add up to `probability`.
    ///
    /// - Parameters:
    ///   - most: How many reasons are listed at most; nil for all columns that may be named.
    ///   - language: Of the sentence that stands beside a score that might be.
    ///   - json: Takes the members.
    public func appendMembers(most: Int? = nil, _ language: Language, to json: inout [UInt8]) {
        json += "\"probability\":".utf8
        json.appendJSON(reasons.probability)
        json += ",\"base\":".utf8
        json.appendJSON(reasons.base)
        json += ",\"reasons\":".utf8
        reasons.appendList(most: most, to: &json)
        let listed = most.map { reasons.reasons.prefix(max(0, $0)) } ?? reasons.reasons[...]
        if listed.count < reasons.reasons.count || reasons.others != nil {
            json += ",\"others\":".utf8
            let unlisted = reasons.reasons.dropFirst(listed.count).reduce(0) { $0 + $1.points }
            json.appendJSON(unlisted + (reasons.others ?? 0))
        }
        guard let levers else { return }
        json += ",\"levers\":".utf8
        levers.append(language, to: &json)
    }
}

extension CustomerReasons {
    /// Adds an array of objects: `[{"column":"Age","value":"58","points":0.18}]`.
    ///
    /// - Parameters:
    ///   - most: How many are listed at most; nil for all columns that may be named.
    ///   - json: Takes the array.
    public func appendList(most: Int? = nil, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "["))
        let listed = most.map { reasons.prefix(max(0, $0)) } ?? reasons[...]
        for (number, reason) in listed.enumerated() {
            json += (number == 0 ? "{\"column\":" : ",{\"column\":").utf8
            json.appendJSON(reason.column)
            json += ",\"value\":".utf8
            json.appendJSON(reason.value)
            json += ",\"points\":".utf8
            json.appendJSON(reason.points)
            if let error = reason.standardError {
                json += ",\"standard_error\":".utf8
                json.appendJSON(error)
            }
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "]"))
    }
}

extension LeverFinding {
    fileprivate func append(_ language: Language, to json: inout [UInt8]) {
        json += "{\"outcome\":".utf8
        json.appendJSON(outcome.rawValue)
        json += ",\"target\":".utf8
        json.appendJSON(target)
        json += ",\"combinations\":\(combinations)".utf8
        if let best {
            json += ",\"best\":{\"probability\":".utf8
            json.appendJSON(best.probability)
            json += ",\"cost\":".utf8
            json.appendJSON(best.cost)
            json += ",\"changes\":[".utf8
            for (number, change) in best.changes.enumerated() {
                json += (number == 0 ? "{\"column\":" : ",{\"column\":").utf8
                json.appendJSON(change.column)
                json += ",\"from\":".utf8
                json.appendJSON(change.from)
                json += ",\"to\":".utf8
                json.appendJSON(change.to)
                json += ",\"rare\":\(change.isRare)}".utf8
            }
            json += "]},\"promise\":".utf8
            json.appendJSON(LeverSearch.promise(language))
        }
        json.append(UInt8(ascii: "}"))
    }
}
