import Output
public import Schema
public import Texts

/// Why a customer's score moved since an earlier time, or why that can't be told.
public enum MoveFinding: Sendable {
    /// It can be told.
    ///
    /// - Parameters:
    ///   - move: Why.
    ///   - by: What has found it, which has the words.
    ///   - since: The day from which it moved, where that is known.
    case told(_ move: ToldMove, by: MoveExplainer, since: Day?)
    /// It can't be told.
    case untold(UntoldMove)

    /// Why the score moved; nil where it can't be told.
    public var move: ToldMove? {
        if case .told(let move, _, _) = self { move } else { nil }
    }

    /// The same for people.
    ///
    /// - Parameters:
    ///   - count: How many columns are named at most.
    ///   - language: In which it is told.
    /// - Returns: One sentence.
    public func sentence(count: Int, _ language: Language) -> String {
        switch self {
        case .told(let move, let explainer, let since):
            explainer.sentence(move, count: count, language, since: since)
        case .untold(let why): why.sentence(language)
        }
    }

    /// Adds members of a JSON object: `"move":{"from":0.31,…,"sentence":"…"}`, or `"move":null,"move_note":"…"`.
    ///
    /// - Parameters:
    ///   - count: How many columns the sentence names at most.
    ///   - language: Of the sentence.
    ///   - json: Takes the members.
    public func appendMembers(count: Int, _ language: Language, to json: inout [UInt8]) {
        json += "\"move\":".utf8
        switch self {
        case .told(let move, _, let since):
            move.append(to: &json)
            json.removeLast()
            if let since { json += ",\"since\":\"\(since)\"".utf8 }
            json += ",\"sentence\":".utf8
            json.appendJSON(sentence(count: count, language))
            json.append(UInt8(ascii: "}"))
        case .untold(let why):
            json += "null,\"move_note\":".utf8
            json.appendJSON(why.sentence(language))
        }
    }
}

/// Why it can't be told why a score moved.
public enum UntoldMove: Hashable, Sendable {
    /// Nothing is known of the customer at an earlier time.
    case unknown
    /// The customer has no identifier by which it could be found.
    case nameless
    /// The record may not hold who customers are: the identifier of this name is personal.
    case secret(identifier: String)
    /// Another model predicted it then, which is not at hand.
    case otherModel(label: String, day: Day)
    /// What the record does not keep changed, too.
    case unkept(day: Day)
    /// What the record has of the customer breaks the schema of the model that predicted it.
    case broken(day: Day)

    /// The same for people.
    ///
    /// - Parameter language: In which it is told.
    /// - Returns: One sentence.
    public func sentence(_ language: Language) -> String {
        switch self {
        case .unknown:
            language(
                "Why the score moved is not known: there is nothing of this customer from before.",
                "Não se sabe por que o escore mudou: não há nada deste cliente de antes."
            )
        case .nameless:
            language(
                "Why the score moved is not known: the customer has no identifier by which an earlier prediction could be found.",
                "Não se sabe por que o escore mudou: o cliente não tem identificador pelo qual achar uma previsão anterior."
            )
        case .secret(let identifier):
            language(
                "Why the score moved is not known: \(identifier) is personal, so that the record does not keep whose predictions are.",
                "Não se sabe por que o escore mudou: \(identifier) é pessoal, e o registro não guarda de quem são as previsões."
            )
        case .otherModel(let label, let day):
            language(
                "Why the score moved since \(day) can't be told: another model, \(label), predicted it then and is not at hand.",
                "Não se pode dizer por que o escore mudou desde \(day): outro modelo, \(label), o previu então e não está à mão."
            )
        case .unkept(let day):
            language(
                "Why the score moved since \(day) can't be told: personal columns changed, which the record does not keep.",
                "Não se pode dizer por que o escore mudou desde \(day): mudaram colunas pessoais, que o registro não guarda."
            )
        case .broken(let day):
            language(
                "Why the score moved since \(day) can't be told: the record's row breaks the schema of the model that predicted it.",
                "Não se pode dizer por que o escore mudou desde \(day): a linha do registro viola o esquema do modelo que o previu."
            )
        }
    }
}
