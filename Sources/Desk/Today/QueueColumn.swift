import Markup
import Texts

/// A column of the list, from left to right.
enum QueueColumn: CaseIterable {
    case rank, customer, risk, gain, reasons, lever, state

    func head(_ filter: QueueFilter, _ frame: DeskFrame) -> HTML {
        let (language, order) = (frame.language, order)
        let style: HTML = self == .rank || self == .gain ? " class=\"number\"" : ""
        guard let order else { return "<th scope=\"col\"\(style)>\(title(language))</th>" }
        let isChosen = filter.order == order
        let sorted: HTML =
            isChosen ? " aria-sort=\"\(order.isDescending ? "descending" : "ascending")\"" : ""
        return """
            <th scope="col"\(style)\(sorted)><a href="\(exact: filter.address(order: order))">\(title(language))</a></th>
            """
    }

    private var order: QueueFilter.Order? {
        switch self {
        case .rank: .rank
        case .customer: .customer
        case .risk: .risk
        case .gain: .gain
        case .reasons, .lever, .state: nil
        }
    }

    private func title(_ language: Language) -> HTML {
        switch self {
        case .rank: "#<span class=\"unseen\"> \(language("rank", "posição"))</span>"
        case .customer: "\(language("Customer", "Cliente"))"
        case .risk: "\(language("Risk of leaving", "Risco de sair"))"
        case .gain: "\(language("Expected gain", "Ganho esperado"))"
        case .reasons: "\(language("Why (points of risk)", "Por quê (pontos de risco)"))"
        case .lever: "\(language("What could help", "O que pode ajudar"))"
        case .state: "\(language("Outcome", "Resultado"))"
        }
    }
}
