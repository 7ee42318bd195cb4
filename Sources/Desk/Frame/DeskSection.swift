public import Texts

/// A part of the desk that the navigation leads to.
public enum DeskSection: String, CaseIterable, Sendable {
    /// The open campaign's queue.
    case today
    /// All campaigns, and a new one.
    case campaigns
    /// Whether a campaign was worth it.
    case worth
    /// Everybody who was scored.
    case customers
    /// The model, how good it is and its versions.
    case model
    /// The runs that made models.
    case runs
    /// How customers change.
    case drift
    /// How the service does.
    case service

    /// What the navigation calls it.
    public func title(_ language: Language) -> String {
        switch self {
        case .today: language("Today", "Hoje")
        case .campaigns: language("Campaigns", "Campanhas")
        case .worth: language("Worth it?", "Valeu a pena?")
        case .customers: language("Customers", "Clientes")
        case .model: language("Model", "Modelo")
        case .runs: language("Runs", "Treinos")
        case .drift: language("Drift", "Mudanças")
        case .service: language("Service", "Serviço")
        }
    }

    /// The path that it stands at.
    public var path: String { self == .today ? DeskPath.today : "/desk/" + rawValue }
}
