import Desk
import Serving
import Texts

/// Why a page can't be shown, or a form not be taken.
enum DeskProblem: Error {
    /// There is nothing at this address.
    case missing
    /// The form was not made by a page of this session.
    case forged
    /// The key may look, and no more.
    case mayOnlyLook
    /// Too many requests; the seconds to wait.
    case tooMany(Int)
    /// A form of more bytes than this.
    case tooLong(Int)
    /// Somebody else plans or uploads at the moment.
    case busy
    /// The fields of a form can't be what they say; in the language of the page.
    case refused(String)
    /// The service's own fault.
    case failed

    /// The status that a browser gets.
    var status: Int {
        switch self {
        case .missing: 404
        case .forged, .mayOnlyLook: 403
        case .tooMany: 429
        case .tooLong: 413
        case .busy: 503
        case .refused: 422
        case .failed: 500
        }
    }

    /// What is told.
    func page(_ visit: DeskVisit) -> ProblemPage {
        let language = visit.language
        switch self {
        case .missing: return .missing(language)
        case .forged:
            return ProblemPage(
                what: language("This form was not taken", "Este formulário não foi aceito"),
                why: language(
                    "It does not come from a page of your present session.",
                    "Ele não vem de uma página da sua sessão atual."
                ),
                remedy: language(
                    "Open the page again and repeat what you did. Nothing was changed.",
                    "Abra a página de novo e repita o que fez. Nada foi mudado."
                )
            )
        case .mayOnlyLook:
            return ProblemPage(
                what: language("Your key may only look", "Sua chave só permite ver"),
                why: language(
                    "Marks, campaigns and uploads need a key with the scope “desk”.",
                    "Marcas, campanhas e envios precisam de uma chave com o escopo “desk”."
                ),
                remedy: language(
                    "Ask whoever runs the service for one. Nothing was changed.",
                    "Peça uma a quem opera o serviço. Nada foi mudado."
                )
            )
        case .tooMany(let seconds):
            return ProblemPage(
                what: language("That was too quick", "Foi rápido demais"),
                why: language(
                    "More pages were asked for than the service gives out in a second.",
                    "Foram pedidas mais páginas do que o serviço entrega por segundo."
                ),
                remedy: language("Try again in \(seconds) s.", "Tente de novo em \(seconds) s.")
            )
        case .tooLong(let limit):
            let megabytes = language.number(
                Double(limit) / 1e6,
                decimals: limit < 1_000_000 ? 2 : 0
            )
            return ProblemPage(
                what: language("That is too much at once", "É demais de uma vez"),
                why: language(
                    "At most \(megabytes) MB are taken.",
                    "São aceitos no máximo \(megabytes) MB."
                ),
                remedy: language(
                    "Send less, or score the file with retain score --database.",
                    "Envie menos, ou pontue o arquivo com retain score --database."
                )
            )
        case .busy:
            return ProblemPage(
                what: language("Somebody else is at it", "Outra pessoa está usando"),
                why: language(
                    "A campaign is being planned or a file scored; one goes on at a time.",
                    "Uma campanha está sendo planejada ou um arquivo pontuado; um de cada vez."
                ),
                remedy: language("Try again in a moment.", "Tente de novo em instantes.")
            )
        case .refused(let why):
            return ProblemPage(
                what: language("That does not work", "Assim não dá"),
                why: why,
                remedy: language(
                    "Go back, change it and try again. Nothing was changed.",
                    "Volte, mude e tente de novo. Nada foi mudado."
                )
            )
        case .failed:
            return ProblemPage(
                what: language("The service failed", "O serviço falhou"),
                why: language(
                    "Something went wrong that should not; the service's log tells what.",
                    "Algo deu errado que não deveria; o log do serviço diz o quê."
                ),
                remedy: language(
                    "Try again; if it stays so, tell whoever runs the service the number below.",
                    "Tente de novo; se continuar, informe o número abaixo a quem opera o serviço."
                ),
                request: visit.request.id
            )
        }
    }
}
