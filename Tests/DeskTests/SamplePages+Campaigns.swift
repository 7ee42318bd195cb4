import Desk
import Texts

extension SamplePages {
    static let day: Int64 = 86_400_000

    var campaigns: [(name: String, page: any DeskPage)] {
        [
            ("campaigns", CampaignsPage(campaigns: [item, closed])),
            ("campaigns-empty", CampaignsPage(campaigns: [])),
            (
                "new-campaign",
                NewCampaignPage(
                    form: form,
                    scoredCustomers: 12_400,
                    valueColumns: [language("Balance", "Saldo") + suffix],
                    faults: [
                        "budget": language(
                            "Write a number, such as 500.",
                            "Escreva um número, como 500."
                        )
                    ]
                )
            ),
            ("preview", preview),
            ("campaign", campaign),
            ("worth", worth),
            (
                "worth-empty",
                WorthItPage(
                    campaigns: [],
                    verdict: "",
                    isAlarming: false,
                    findings: [],
                    cautions: [],
                    evidence: [],
                    arms: []
                )
            ),
        ]
    }

    private var item: CampaignItem {
        CampaignItem(
            name: "spring-2026" + suffix,
            created: Self.now,
            customers: 50,
            called: 12,
            heldOut: 9,
            expected: 1_640,
            model: "churn v6" + suffix
        )
    }

    private var closed: CampaignItem {
        CampaignItem(
            name: "autumn-2025",
            created: Self.now - 200 * Self.day,
            closed: Self.now - 90 * Self.day,
            customers: 400,
            called: 381,
            heldOut: 70,
            expected: 9_820,
            model: "churn v4"
        )
    }

    private var form: CampaignForm {
        CampaignForm(
            name: "summer-2026" + suffix,
            contacts: "60",
            budget: "abc" + suffix,
            contactCost: "4",
            offerCost: "25",
            success: "30",
            value: "300"
        )
    }

    private var preview: CampaignPreviewPage {
        CampaignPreviewPage(
            form: form,
            curve: profits,
            contacts: 60,
            mostContacts: 400,
            heldOut: 9,
            expected: Estimate(value: 1_240, low: 950, high: 1_510),
            cost: 640,
            detectable: 0.42,
            rows: rows(10),
            cautions: [
                language("Scores are 3 days old.", "Os escores têm 3 dias.") + suffix
            ]
        )
    }

    private var campaign: CampaignPage {
        CampaignPage(
            item: item,
            isNew: true,
            facts: [
                .init(
                    name: language("File", "Arquivo"),
                    value: "base.csv" + suffix
                ),
                .init(name: language("Contacts at most", "Contatos, no máximo"), value: "60"),
                .init(name: language("Key of the lot", "Chave do sorteio"), value: "k-81f2"),
                .init(name: language("Value", "Valor"), value: "300"),
            ],
            command: "retain campaign plan base.csv" + suffix,
            files: [
                FieldOption(
                    value: "/desk/campaigns/of/spring-2026/decision.json",
                    text: language("Decision as JSON", "Decisão em JSON")
                )
            ]
        )
    }

    private var worth: WorthItPage {
        WorthItPage(
            campaign: "spring-2026" + suffix,
            campaigns: ["spring-2026" + suffix, "autumn-2025"],
            verdict: language(
                "No evidence yet: about 340 more customers.",
                "Ainda sem evidência: cerca de mais 340 clientes."
            ),
            isAlarming: false,
            findings: [
                language(
                    "Of those called 21.0 % left, of those held out 27.5 %.",
                    "Dos contatados 21,0 % saíram; dos fora do contato, 27,5 %."
                )
            ],
            cautions: [
                language(
                    "2 customers who were held out were called all the same.",
                    "2 clientes fora do contato foram contatados mesmo assim."
                ) + suffix
            ],
            saved: Estimate(value: 17, low: -4, high: 38),
            money: Estimate(value: 1_310, low: -480, high: 3_020),
            customersMissing: 340,
            evidence: evidence,
            arms: [
                .init(
                    isContacted: true,
                    members: 400,
                    matured: 262,
                    left: 55,
                    rate: Estimate(value: 0.21, low: 0.165, high: 0.263)
                ),
                .init(isContacted: false, members: 70, matured: 40, left: 11),
            ]
        )
    }

    private var evidence: [WorthItPage.Evidence] {
        (0 ..< 40).map { (place: Int) -> WorthItPage.Evidence in
            let days = Double(place)
            let works: Double = 1 + days * days / 400 + Double(place % 5) / 5
            let harms: Double = 1 / (1 + days / 9)
            return .init(
                customers: 20 * place,
                worksValue: works,
                harmsValue: harms
            )
        }
    }

    private var profits: [CampaignPreviewPage.Point] {
        (0 ... 100).map { (place: Int) -> CampaignPreviewPage.Point in
            let step = Double(place)
            return .init(contacts: place * 4, profit: 40 * step - 0.31 * step * step)
        }
    }
}
