import Desk
import Testing
import Texts

@Suite struct DeskLanguageTests {
    /// What is the same in both languages: names, of people, products, files and versions.
    private static let names: Set<String> = [
        "Retain", "English", "Português", "retain train customers.csv retain serve", "GOLD",
        "PLATINUM",
        "DE", "FR", "B-01", "B-02", "ana", "spring-2026, ana", "spring-2026", "autumn-2025",
        "k-81f2",
        "base.csv", "retain campaign plan base.csv", "v5", "v6", "v7", "v8", "churn v4", "churn v6",
        "churn v7", "roc_auc", "log_loss", "learning_rate", "/predict", "/metrics",
    ]

    @Test func `no text of the Portuguese pages is that of the English ones`() {
        let english = SamplePages(language: .english).documents()
        let portuguese = SamplePages(language: .portuguese).documents()
        for (one, other) in zip(english, portuguese) {
            #expect(one.name == other.name)
            let same = Set(PageText(one.source).texts).intersection(PageText(other.source).texts)
                .subtracting(Self.names).filter {
                    !$0.hasPrefix("brave-") && !$0.hasPrefix("calm-")
                }
            #expect(same == [], "\(one.name)")
        }
    }

    @Test func `no page has words of the other language`() {
        let words: [Language: Set<String>] = [
            .portuguese: [
                "the", "of", "and", "with", "is", "are", "to", "by", "customer", "customers", "not",
                "was", "were", "this",
            ],
            .english: [
                "de", "que", "não", "com", "para", "uma", "um", "os", "cliente", "clientes", "foi",
                "ou", "por",
            ],
        ]
        for language in Language.allCases {
            for (name, source) in SamplePages(language: language).documents() {
                for text in PageText(source).texts where !Self.names.contains(text) {
                    let told = text.lowercased().split { !$0.isLetter }.map(String.init)
                    let found = (words[language] ?? []).intersection(told)
                    #expect(found == [], "\(name): \(text)")
                }
            }
        }
    }

    @Test func `a page says its language and leads to the other`() throws {
        for language in Language.allCases {
            let document = SamplePages(language: language).documents()[0].source
            let page = PageText(document)
            #expect(page.tags("html").first?.attributes["lang"] == language.rawValue)
            let other = try #require(page.tags("a").first { $0.attributes["hreflang"] != nil })
            #expect(other.attributes["hreflang"] != language.rawValue)
            #expect(other.attributes["href"]?.hasSuffix("back=%2F%3Fq%3D1") == true)
        }
    }

    @Test func `numbers and days have the form of the language`() {
        let english = SamplePages(language: .english).today.document(
            in: SamplePages(language: .english).frame
        )
        #expect(english.contains("1,240 (between 950 and 1,510)"))
        #expect(english.contains("Monday, 7\u{A0}Dec\u{A0}2026"))
        let portuguese = SamplePages(language: .portuguese).today.document(
            in: SamplePages(language: .portuguese).frame
        )
        #expect(portuguese.contains("1.240 (entre 950 e 1.510)"))
        #expect(portuguese.contains("segunda-feira, 7\u{A0}dez.\u{A0}2026"))
    }
}
