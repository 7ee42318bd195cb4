import Evaluation
import Markup
import Output
import Texts

/// The sections on how far single answers can be relied on.
extension HTMLSection {
    static func certainty(_ report: CoverageReport, _ language: Language) -> HTMLSection {
        let (count, percent) = (language.form(.grouped(0)), language.form(.percent(1)))
        let answers = HTMLTable(
            caption: language("Answers", "Respostas"),
            columns: [
                .text(language("Answer", "Resposta")), .number(language("Customers", "Clientes")),
                .number(language("Share", "Parcela")),
                .number(language("Of them left", "Deles saíram")),
            ],
            rows: report.answers.map { answer in
                [
                    answer.certainty.title(language), count.text(answer.rows),
                    percent.text(answer.share), count.text(answer.leavers),
                ]
            },
            language: language
        )
        let promised = percent.text(report.target)
        let coverage = HTMLTable(
            caption: language(
                "How often the answer allowed the truth",
                "Com que frequência a resposta admitiu a verdade"
            ),
            columns: [
                .text(language("Customers", "Clientes")),
                .number(language("Promised", "Prometido")),
                .number(language("Found", "Encontrado")),
            ],
            rows: [
                [
                    language("who left", "que saíram"), promised,
                    percent.text(report.coverageOfLeavers),
                ],
                [
                    language("who stayed", "que ficaram"), promised,
                    percent.text(report.coverageOfStayers),
                ],
                [language("all", "todos"), promised, percent.text(report.coverage)],
            ],
            language: language
        )
        let wrong = percent.text(1 - report.target)
        return HTMLSection(
            id: "certainty",
            title: language(
                "For whom the outcome is certain",
                "Para quem o desfecho é certo"
            ),
            lead: language(
                "An answer rules out leaving or staying only where that is wrong for at most \(wrong) of the customers of either kind (conformal prediction). The rest is unclear, and says so.",
                "Uma resposta só exclui sair ou ficar onde isso erra em no máximo \(wrong) dos clientes de cada tipo (predição conforme). O resto é incerto, e isso é dito."
            ),
            charts: [],
            parts: [card(answers), card(coverage)]
        )
    }

    static func calibration(_ choice: CalibrationChoice, _ language: Language) -> HTMLSection {
        let (four, five) = (language.form(.fixed(4)), language.form(.fixed(5)))
        let table = HTMLTable(
            caption: language("Calibrations", "Calibrações"),
            columns: [
                .text(language("Method", "Método")), .number("Log loss"), .number("ECE"),
                .number(language("Better by", "Melhora")),
                .number(language("Standard error", "Erro padrão")),
                .text(language("Chosen", "Escolhida")),
            ],
            rows: choice.candidates.map { candidate in
                [
                    candidate.method.title(language), four.text(candidate.logLoss),
                    four.text(candidate.ece), five.text(candidate.improvement),
                    five.text(candidate.standardError),
                    candidate.method == choice.chosen ? language("yes", "sim") : "",
                ]
            },
            language: language
        )
        let rows = language.form(.grouped(0)).text(choice.rows)
        return HTMLSection(
            id: "calibration",
            title: language(
                "Whether probabilities were corrected",
                "Se as probabilidades foram corrigidas"
            ),
            lead: language(
                "\(rows) training rows were scored by networks that had not seen them. A correction is used where it lowers their log loss by more than its standard error.",
                "\(rows) linhas de treino foram pontuadas por redes que não as tinham visto. Uma correção é usada onde reduz a log loss delas em mais do que o seu erro padrão."
            ),
            charts: [],
            parts: [card(table)]
        )
    }
}

extension Certainty {
    /// The answer for a reader.
    func title(_ language: Language = .english) -> String {
        switch self {
        case .certainToLeave: language("certain to leave", "saída certa")
        case .certainToStay: language("certain to stay", "permanência certa")
        case .unclear: language("unclear", "incerto")
        }
    }
}

extension Calibration.Method {
    /// The name for a reader; in English as files have it.
    fileprivate func title(_ language: Language) -> String {
        switch self {
        case .none: language(rawValue, "nenhuma")
        case .temperature: language(rawValue, "temperatura")
        case .platt: rawValue
        case .isotonic: language(rawValue, "isotônica")
        }
    }
}
