public import Texts

/// What became of a customer of the list.
public enum ContactState: String, CaseIterable, Sendable {
    /// Nobody has said anything yet.
    case waiting
    /// Was reached and took the offer.
    case accepted
    /// Was reached and did not take it.
    case declined
    /// Was not reached.
    case notReached = "not-reached"
    /// Had left before.
    case left

    /// What a person can say of a customer.
    public static let marks = allCases.filter { $0 != .waiting }

    /// On a button that says so.
    func action(_ language: Language) -> String {
        switch self {
        case .waiting: language("Undo", "Desfazer")
        case .accepted: language("Accepted offer", "Aceitou a oferta")
        case .declined: language("Declined", "Recusou")
        case .notReached: language("Not reached", "Não atendeu")
        case .left: language("Left already", "Já saiu")
        }
    }

    /// Where it is told.
    public func title(_ language: Language) -> String {
        switch self {
        case .waiting: language("not called yet", "ainda não contatado")
        case .accepted: language("accepted", "aceitou")
        case .declined: language("declined", "recusou")
        case .notReached: language("not reached", "não atendeu")
        case .left: language("left", "saiu")
        }
    }

    /// How many, in a sentence about all who were called.
    func told(_ count: Int, _ language: Language) -> String {
        let number = language.number(count)
        let one = count == 1
        return switch self {
        case .waiting:
            language("\(number) not called yet", "\(number) ainda sem contato")
        case .accepted:
            language("\(number) accepted", "\(number) \(one ? "aceitou" : "aceitaram")")
        case .declined:
            language("\(number) declined", "\(number) \(one ? "recusou" : "recusaram")")
        case .notReached:
            language(
                "\(number) not reached",
                "\(number) não \(one ? "atendeu" : "atenderam")"
            )
        case .left:
            language("\(number) had left", "\(number) já \(one ? "tinha saído" : "tinham saído")")
        }
    }
}
