/// What a column's name says of what stands in it, by words of English, German, Portuguese, Spanish and French.
///
/// `annual_income`, `AnnualIncome` and `Annual income` have the words `annual` and `income`.
package struct ColumnName {
    package let words: [String]

    package init(_ name: String) {
        words = Self.words(in: name)
    }

    /// Whether the column names customers, as `customer_id` and `CLIENTNUM` do.
    package var namesCustomer: Bool {
        guard let last = words.last else { return false }
        if Self.names.contains(last) { return true }
        if Self.numbering.contains(last) {
            return words.dropLast().last.map { Self.isEntity($0) || Self.names.contains($0) }
                ?? false
        }
        return Self.glued(last)
    }

    /// Whether it is the number of something that there is one of for each customer, such as an account: a file may have
    /// several rows of each.
    package var namesThing: Bool {
        namesCustomer && (words.contains(where: Self.isEntity) || words.contains(where: Self.glued))
    }

    /// Whether the column names a person: a surname tells a model nothing that holds for the next customer.
    package var namesPerson: Bool {
        guard let last = words.last else { return false }
        if Self.persons.contains(where: words.contains) { return true }
        guard Self.nameWords.contains(last) else { return false }
        let before = words.dropLast()
        return before.isEmpty
            || before.contains { Self.isEntity($0) || Self.nameParts.contains($0) }
    }

    /// Whether the column holds something that is counted or measured, as `annual_income` and `credit_limit` do.
    package var isQuantity: Bool {
        !namesCustomer && words.contains(where: Self.quantities.contains)
    }

    private static func isEntity(_ word: String) -> Bool {
        entities.contains(word) || word.last == "s" && entities.contains(String(word.dropLast()))
    }

    /// `customerid`, `clientnum`, `rownumber`: a thing that is numbered, and the word for its number.
    private static func glued(_ word: String) -> Bool {
        (names + numbering).contains { ending in
            ending.count > 1 && word.count > ending.count && word.hasSuffix(ending)
                && isEntity(String(word.dropLast(ending.count)))
        }
    }

    /// Words in lower case without accents; a word begins at a capital after a small letter, and after what is no letter.
    private static func words(in name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var last: Character = " "
        let characters = Array(name)
        for (place, character) in characters.enumerated() {
            guard character.isLetter else {
                if !word.isEmpty { words.append(word) }
                if character == "#" { words.append("#") }
                word = ""
                last = character
                continue
            }
            let next = place + 1 < characters.count ? characters[place + 1] : " "
            // CustomerID has two words, and so has IDNumber.
            let begins =
                character.isUppercase
                && (last.isLowercase || last.isUppercase && next.isLowercase && word.count > 1)
            if begins, !word.isEmpty {
                words.append(word)
                word = ""
            }
            word += plain(character)
            last = character
        }
        return word.isEmpty ? words : words + [word]
    }

    private static func plain(_ character: Character) -> String {
        switch character.lowercased() {
        case "á", "à", "â", "ã", "ä": "a"
        case "é", "è", "ê", "ë": "e"
        case "í", "ì", "î", "ï": "i"
        case "ó", "ò", "ô", "õ", "ö": "o"
        case "ú", "ù", "û", "ü": "u"
        case "ç": "c"
        case "ñ": "n"
        case let other: other
        }
    }

    /// What by itself names one customer, one contract, one row.
    private static let names = [
        "id", "ids", "identifier", "uuid", "guid", "key", "uid", "rowid", "msisdn", "imei", "imsi",
        "iccid",
        "iban", "ssn", "cpf", "cnpj", "rg", "dni", "nif", "passport", "phone", "telephone",
        "telefon", "telefone",
        "telefono", "mobile", "email", "mail", "hash", "token", "pk", "matricula", "kundennummer",
        "vertragsnummer", "kontonummer", "kennung", "identificador", "identifiant",
    ]
    /// What names one of the things whose word stands before it.
    private static let numbering = [
        "number", "num", "no", "nr", "nummer", "numero", "nro", "#", "code", "ref", "reference",
        "codigo",
        "cod", "index", "idx", "nbr", "referenz",
    ]
    private static let entities = [
        "customer", "client", "account", "acct", "acc", "user", "subscriber", "member",
        "membership", "policy",
        "contract", "card", "loan", "row", "record", "line", "case", "order", "invoice", "ticket",
        "booking",
        "person", "employee", "patient", "consumer", "cust", "household", "phone", "serial", "tax",
        "device",
        "meter", "transaction", "subscription", "registration", "kunde", "kunden", "konto",
        "vertrag",
        "vertrags", "cliente", "conta", "contrato", "cuenta", "usuario", "apolice", "poliza",
        "abonne",
        "contrat", "compte", "reference", "document", "customerservice", "lead", "contact",
        "caller", "party",
    ]
    private static let persons = [
        "surname", "lastname", "firstname", "fullname", "forename", "nachname", "vorname",
        "sobrenome",
        "apellido", "apellidos", "prenom", "address", "adresse", "anschrift", "endereco",
        "direccion", "street",
        "strasse", "username", "login", "nickname",
    ]
    private static let nameWords = ["name", "nome", "nombre", "nom", "names"]
    private static let nameParts = [
        "first", "last", "full", "family", "given", "middle", "maiden", "holder", "user", "legal",
        "complete",
        "completo", "display",
    ]
    private static let quantities: Set<String> = [
        "income", "salary", "wage", "pay", "limit", "amount", "amt", "cents", "cent", "balance",
        "value",
        "revenue", "spend", "spent", "spending", "price", "cost", "fee", "fees", "charge",
        "charges", "bill",
        "billed", "payment", "payments", "paid", "total", "sum", "debt", "credit", "debit",
        "deposit", "deposits",
        "usage", "used", "volume", "bytes", "kb", "mb", "gb", "minutes", "mins", "seconds", "sec",
        "secs",
        "hours", "days", "weeks", "months", "years", "duration", "tenure", "age", "score", "rank",
        "rating",
        "points", "count", "quantity", "qty", "distance", "km", "miles", "metres", "meters",
        "weight", "height",
        "area", "size", "length", "speed", "rate", "ratio", "share", "percent", "pct", "avg",
        "average", "mean",
        "median", "max", "min", "ltv", "clv", "arpu", "turnover", "sales", "profit", "margin",
        "loss", "worth",
        "assets", "savings", "equity", "premium", "claim", "claims", "coverage", "mileage",
        "odometer",
        "kwh", "consumption", "traffic", "visits", "views", "clicks", "calls", "sessions", "eur",
        "usd", "gbp",
        "brl", "chf", "inr", "jpy", "dollars", "euros", "pence", "reais", "centavos", "einkommen",
        "gehalt",
        "umsatz", "betrag", "saldo", "guthaben", "wert", "preis", "kosten", "beitrag", "summe",
        "anzahl",
        "dauer", "alter", "verbrauch", "limite", "renda", "salario", "valor", "receita", "preco",
        "custo", "gasto",
        "pagamento", "quantidade", "idade", "ingreso", "ingresos", "importe", "monto", "precio",
        "revenu",
        "salaire", "montant", "solde", "prix", "cout", "valeur", "lifetime", "outstanding",
        "exposure",
        "purchase", "purchases", "cash", "money", "budget", "capital", "turn", "net", "gross",
    ]
}
