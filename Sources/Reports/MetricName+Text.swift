import Evaluation
import Output
import Texts

extension MetricName {
    /// How its values are written for readers of a page.
    var format: NumberFormat {
        switch self {
        case .accuracy, .precision, .recall, .specificity, .ece: .percent(1)
        default: .fixed(3)
        }
    }

    /// The name for a reader; what the field calls by one name everywhere keeps it.
    func title(_ language: Language) -> String {
        switch self {
        case .accuracy: language(title, "Acurácia")
        case .brier: language(title, "Escore de Brier")
        case .ece: language(title, "Erro de calibração (ECE)")
        case .precision: language(title, "Precisão")
        case .specificity: language(title, "Especificidade")
        case .rocAUC, .prAUC, .logLoss, .recall, .f1: title
        }
    }

    /// What it says, in one line.
    func meaning(_ language: Language) -> String {
        switch self {
        case .accuracy:
            language(
                "right predictions when the cut is 0.5",
                "previsões certas com o corte em 0,5"
            )
        case .rocAUC:
            language(
                "how often a leaver scores above a stayer; 0.5 is guessing, 1 perfect",
                "com que frequência quem sai tem escore maior que quem fica; 0,5 é acaso, 1 é perfeito"
            )
        case .prAUC:
            language(
                "precision averaged over all cuts; the share of leavers is guessing",
                "precisão média em todos os cortes; a parcela dos que saem é acaso"
            )
        case .logLoss:
            language(
                "the price of confident mistakes; lower is better",
                "o preço de erros convictos; menor é melhor"
            )
        case .brier:
            language(
                "mean squared error of the probabilities; lower is better",
                "erro quadrático médio das probabilidades; menor é melhor"
            )
        case .ece:
            language(
                "how far probabilities and frequencies lie apart; lower is better",
                "quanto probabilidades e frequências distam; menor é melhor"
            )
        case .precision:
            language("how many on the list really leave", "quantos da lista saem de fato")
        case .recall:
            language(
                "how many of those who leave are on the list",
                "quantos dos que saem estão na lista"
            )
        case .f1:
            language(
                "harmonic mean of precision and recall",
                "média harmônica de precisão e recall"
            )
        case .specificity:
            language(
                "how many of those who stay are left alone",
                "quantos dos que ficam são deixados em paz"
            )
        }
    }
}
