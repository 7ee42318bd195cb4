import Desk
import Texts

/// Pages as a team would see them, with figures that are made up; by a name each.
struct SamplePages {
    var language: Language
    /// Stands for whatever files may bring: in identifiers, names of columns, texts.
    var suffix = ""
    /// The end of identifiers besides.
    var tail = ""
    var mayAct = true

    static let now: Int64 = 1_796_047_500_000
    static let token = "0f1e2d3c4b5a"

    var frame: DeskFrame {
        DeskFrame(
            language: language,
            token: Self.token,
            address: "/?q=1",
            campaign: "spring-2026" + suffix,
            model: "churn v7",
            key: "desk-2",
            isSignedIn: true,
            mayAct: mayAct
        )
    }

    var all: [(name: String, page: any DeskPage)] {
        entry + lists + customers + campaigns + watching
    }

    func documents() -> [(name: String, source: String)] {
        all.map { name, page in
            var frame = frame
            if name == "sign-in" { (frame.isSignedIn, frame.key) = (false, nil) }
            if name == "first-steps" { frame.campaign = nil }
            if name == "customer" {
                frame.notice = DeskNotice(
                    kind: .done,
                    text: language("Marked as declined.", "Marcado como recusado."),
                    undo: .init(customer: "15629608", campaign: "spring-2026", seen: Self.now)
                )
            }
            return (name, page.document(in: frame))
        }
    }

    private var entry: [(name: String, page: any DeskPage)] {
        [
            ("sign-in", SignInPage(reason: .wrongKey)),
            (
                "first-steps",
                FirstStepsPage(hasModel: true, scoredCustomers: 0, simulatedCustomers: 10_000)
            ),
            ("missing", ProblemPage.missing(language)),
        ]
    }

    private var lists: [(name: String, page: any DeskPage)] {
        [("today", today), ("today-empty", emptyToday)]
    }

    private var customers: [(name: String, page: any DeskPage)] {
        [("customer", CustomerPage(customer: customer, origin: .today))]
    }
}

extension SamplePages {
    var summary: QueueSummary {
        QueueSummary(
            campaign: "spring-2026" + suffix,
            customers: 50,
            states: [.waiting: 38, .accepted: 4, .declined: 5, .notReached: 3],
            expected: Estimate(value: 1_240, low: 950, high: 1_510),
            heldOut: 9,
            nextList: Self.now + 7 * 86_400_000,
            madeWith: "churn v6",
            asOf: Self.now
        )
    }

    private var chips: [ReasonChip] {
        [
            ReasonChip(text: language("3 products", "3 produtos") + suffix, points: 34),
            ReasonChip(text: language("Age 63", "Idade 63") + suffix, points: 19),
            ReasonChip(text: language("active", "ativo") + suffix, points: -7),
            ReasonChip(text: language("Germany", "Alemanha") + suffix, points: 8),
            ReasonChip(text: language("not active", "inativo") + suffix, points: 9),
        ]
    }

    func rows(_ count: Int) -> [QueueRow] {
        let states: [ContactState] = [.accepted, .declined, .waiting, .notReached, .waiting]
        return (0 ..< count).map { place in
            QueueRow(
                rank: place + 1,
                identifier: String(15_584_619 + place * 7_919) + tail + suffix,
                risk: 0.91 - Double(place) * 0.011,
                gain: 53.06 - Double(place) * 0.83,
                reasons: (0 ..< 3).map { chips[(place + $0 * 2) % 5] },
                lever: place % 4 == 1
                    ? .nothingHelps
                    : .change(
                        language("Offer a second product", "Oferecer segundo produto") + suffix
                    ),
                state: place < 5 ? states[place] : .waiting,
                by: place < 2 ? "ana" + suffix : nil
            )
        }
    }

    var today: TodayPage {
        TodayPage(
            summary: summary,
            filter: QueueFilter(
                levels: [
                    .init(
                        column: language("Branch", "Agência") + suffix,
                        options: ["B-01", "B-02"].map { FieldOption(value: $0, text: $0) }
                    ),
                    .init(
                        column: language("Card", "Cartão") + suffix,
                        options: ["GOLD", "PLATINUM"].map { FieldOption(value: $0, text: $0) }
                    ),
                    .init(
                        column: language("Country", "País") + suffix,
                        options: ["DE", "FR"].map { FieldOption(value: $0, text: $0) }
                    ),
                ],
                pageCount: 2,
                matches: 62
            ),
            rows: rows(50),
            outside: Array(rows(10)),
            customer: customer
        )
    }

    private var emptyToday: TodayPage {
        TodayPage(
            summary: QueueSummary(
                campaign: "spring-2026",
                customers: 50,
                states: [.accepted: 50],
                heldOut: 9,
                asOf: Self.now
            ),
            filter: QueueFilter(search: "zz", matches: 0),
            rows: [],
            outside: []
        )
    }

    var reasons: Waterfall {
        Waterfall(
            start: 0.2038,
            end: 0.8712,
            steps: [
                .init(text: language("3 products", "3 produtos") + suffix, points: 34.04),
                .init(text: language("Age 58", "Idade 58") + suffix, points: 21.36),
                .init(text: language("not active", "inativo") + suffix, points: 9.14),
                .init(text: language("Germany", "Alemanha") + suffix, points: 7.77),
                .init(text: language("card GOLD", "cartão GOLD") + suffix, points: -1.42),
            ],
            others: 6
        )
    }

    var customer: CustomerView {
        CustomerView(
            identifier: "15600457" + tail + suffix,
            facts: language == .english
                ? ["Germany" + suffix, "58 years", "3 products", "not active"]
                : ["Alemanha" + suffix, "58 anos", "3 produtos", "inativo"],
            risk: 0.8712,
            reasons: reasons,
            whatIf: WhatIf(
                levers: [
                    .init(
                        column: language("Products", "Produtos") + suffix,
                        now: "3",
                        value: "2",
                        control: .number(minimum: 1, maximum: 4, step: 1)
                    ),
                    .init(
                        column: language("Active member", "Membro ativo") + suffix,
                        now: language("no", "não"),
                        value: "1",
                        control: .choice([
                            FieldOption(value: "0", text: language("no", "não")),
                            FieldOption(value: "1", text: language("yes", "sim")),
                        ])
                    ),
                ],
                others: [
                    .init(
                        column: language("Age", "Idade") + suffix,
                        now: "58",
                        value: "58",
                        control: .number(minimum: 18, maximum: 100, step: nil)
                    )
                ],
                result: 0.31,
                cost: 15,
                problems: []
            ),
            advice: LeverAdvice(
                finding: .reached(
                    .init(
                        text: language("move to 2 products", "passar a 2 produtos") + suffix,
                        probability: 0.31,
                        cost: 15,
                        gain: 22.4
                    )
                ),
                combinations: 24,
                target: 0.5
            ),
            state: .waiting,
            isHeldOut: false,
            asOf: Self.now,
            history: ScoreHistory(
                scores: [
                    .init(date: Self.now - 40 * 86_400_000, probability: 0.42, version: "v6"),
                    .init(date: Self.now - 14 * 86_400_000, probability: 0.71, version: "v6"),
                    .init(date: Self.now, probability: 0.8712, version: "v7"),
                ],
                change: Waterfall(
                    start: 0.71,
                    end: 0.8712,
                    steps: [
                        .init(
                            text: language("activity stopped", "atividade parou") + suffix,
                            points: 13.1
                        ),
                        .init(
                            text: language("the model is newer", "o modelo é mais novo"),
                            points: 3.0
                        ),
                    ],
                    others: 0
                )
            ),
            events: [
                .init(
                    date: Self.now - 3_600_000,
                    kind: .mark(.notReached),
                    by: "ana" + suffix,
                    campaign: "spring-2026"
                ),
                .init(date: Self.now - 86_400_000, kind: .listed, campaign: "spring-2026"),
            ]
        )
    }
}
