import Charts
import Markup
import Texts

extension ModelPage {
    func versionList(_ language: Language) -> HTML {
        let rows = versions.prefix(20).map { version -> HTML in
            """
            <tr><th scope="row">\(version.name.clipped(to: 60))</th><td>\(language.date(version.date))</td>\
            <td>\(version.role.html(language))</td><td>\(version.note)</td><td>\(version.link(language))</td></tr>

            """
        }
        let name = language("Versions", "Versões")
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"quiet\">\(language("There is this one only; none is registered.", "Só há este; nenhum está registrado."))</p>"
            : """
            <div class="scroll" tabindex="0" role="region" aria-label="\(language("Table of versions", "Tabela de versões"))"><table>\
            <thead><tr><th scope="col">\(language("Version", "Versão"))</th><th scope="col">\(language("Made on", "Criada em"))</th>\
            <th scope="col">\(language("Use", "Uso"))</th><th scope="col">\(language("Gate", "Portão"))</th>\
            <th scope="col">\(language("List", "Lista"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return
            "<section class=\"card\" aria-labelledby=\"versions\"><h2 id=\"versions\">\(name)</h2>\(table)</section>"
    }

    func gateList(_ language: Language) -> HTML {
        let items = gate.map { check -> HTML in
            let mark: HTML =
                check.hasPassed
                ? "<span class=\"tag good\">\(language("passed", "passou"))</span>"
                : "<span class=\"tag bad\">\(language("refused", "recusado"))</span>"
            return "<li>\(mark) \(check.text)</li>\n"
        }
        let body: HTML =
            items.isEmpty
            ? "<p class=\"quiet\">\(language("This version was not compared with another: it is the first.", "Esta versão não foi comparada com outra: é a primeira."))</p>"
            : "<ul class=\"events\">\(items)</ul>"
        return """
            <section class="card" aria-labelledby="gate"><h2 id="gate">\(language("What the gate looked at", "O que o portão verificou"))</h2>\(body)</section>
            """
    }

    func moved(_ moves: Moves, _ language: Language) -> HTML {
        func table(_ caption: String, _ rows: [Move]) -> HTML {
            guard !rows.isEmpty else {
                return
                    "<div><h3>\(caption)</h3><p class=\"quiet\">\(language("Nobody.", "Ninguém."))</p></div>"
            }
            return HTMLTable(
                caption: caption,
                columns: [
                    .text(language("Customer", "Cliente")),
                    .number(language("Risk before", "Risco antes")),
                    .number(language("Risk after", "Risco depois")),
                ],
                rows: rows.prefix(20).map {
                    [
                        $0.identifier, language.percent($0.before, decimals: 1),
                        language.percent($0.after, decimals: 1),
                    ]
                },
                language: language
            ).html
        }
        let words = language(
            "The \(language.number(moves.listed)) of highest risk among \(language.number(moves.customers)) customers, if \(moves.to) answered instead of \(moves.from). The open list stays as it is.",
            "Os \(language.number(moves.listed)) de maior risco entre \(language.number(moves.customers)) clientes, se \(moves.to) respondesse no lugar de \(moves.from). A lista aberta fica como está."
        )
        let (enters, leaves) = (
            language.number(moves.enters.count), language.number(moves.leaves.count)
        )
        return """
            <section class="card" aria-labelledby="moves"><h2 id="moves">\(language("Who would enter and leave the list", "Quem entraria e sairia da lista"))</h2>
            <p class="quiet">\(words)</p><div class="pair">\
            <div>\(table(language("Enter: \(enters)", "Entram: \(enters)"), moves.enters))</div>\
            <div>\(table(language("Leave: \(leaves)", "Saem: \(leaves)"), moves.leaves))</div></div></section>
            """
    }
}

extension ModelPage.Version {
    func link(_ language: Language) -> HTML {
        comparison.map {
            "<a href=\"\(exact: $0)#moves\">\(language("who would change", "quem mudaria"))<span class=\"unseen\"> \(name)</span></a>"
        } ?? ""
    }
}

extension ModelPage.Role {
    func html(_ language: Language) -> HTML {
        switch self {
        case .champion: "<span class=\"tag good\">\(language("answers", "responde"))</span>"
        case .challenger: "<span class=\"tag\">\(language("watched", "em observação"))</span>"
        case .refused: "<span class=\"tag bad\">\(language("refused", "recusada"))</span>"
        case .idle: "<span class=\"quiet\">\(language("not used", "sem uso"))</span>"
        }
    }
}
