import Desk
import Texts

extension SamplePages {
    var watching: [(name: String, page: any DeskPage)] {
        [
            ("customers", found), ("customers-empty", nobody), ("model", model), ("runs", runs),
            (
                "runs-empty",
                RunsPage(metrics: [], runs: [], count: 0)
            ),
            ("runs-compare", compared), ("drift", drift), ("drift-empty", noDrift),
            ("service", service),
        ]
    }

    private var found: CustomersPage {
        CustomersPage(
            search: "155" + suffix,
            hits: (0 ..< 50).map {
                .init(
                    identifier: String(15_584_619 + $0 * 7_919) + suffix,
                    risk: 0.93 - Double($0) * 0.016,
                    date: Self.now,
                    version: "v7" + suffix
                )
            },
            matches: 1_204,
            scoredCustomers: 12_400,
            largestUpload: 64_000_000,
            upload: UploadResult(
                file: "base.csv" + suffix,
                scored: 9_870,
                refused: 2,
                messages: [
                    .init(
                        line: 1_204,
                        text: language(
                            "column “Age”: “abc” is not a number; write a number or leave it empty",
                            "coluna “Idade”: “abc” não é um número; escreva um número ou deixe vazia"
                        ) + suffix
                    ),
                    .init(
                        text: language(
                            "column “Notes” is not used by the model",
                            "a coluna “Notas” não é usada pelo modelo"
                        )
                    ),
                ],
                rejects: "/desk/customers/rejects/81f2.csv"
            )
        )
    }

    private var nobody: CustomersPage {
        CustomersPage(
            search: "",
            hits: [],
            matches: 0,
            scoredCustomers: 0,
            largestUpload: 64_000_000,
            upload: UploadResult(
                file: "x.csv",
                scored: 0,
                refused: 0,
                messages: [],
                problem: language(
                    "The file has no column “Age”. Add it, then upload the file again.",
                    "O arquivo não tem a coluna “Idade”. Acrescente-a e envie o arquivo de novo."
                )
            )
        )
    }

    private var model: ModelPage {
        ModelPage(
            name: "churn v7" + suffix,
            trained: Self.now - 20 * Self.day,
            headline: language(
                "Of ten customers who leave, it finds seven among the fifth at greatest risk.",
                "De dez clientes que saem, encontra sete no quinto de maior risco."
            ),
            figures: [
                Tile(
                    title: language("Ranking", "Ordenação"),
                    value: language.number(0.865, decimals: 3),
                    note: language("0.851 to 0.879", "0,851 a 0,879")
                ),
                Tile(
                    title: language("Calibration error", "Erro de calibração"),
                    value: language.number(1.2, decimals: 1),
                    note: language("points on average", "pontos em média")
                ),
                Tile(
                    title: language("Gain by customer", "Ganho por cliente"),
                    value: language.number(3.41, decimals: 2)
                ),
            ],
            calibration: (1 ..< 10).map(bin),
            slices: (0 ..< 6).map(slice),
            card: "/desk/model/card",
            versions: [
                .init(
                    name: "v8" + suffix,
                    date: Self.now - 2 * Self.day,
                    role: .refused,
                    note: language("surely worse in money", "certamente pior em dinheiro")
                ),
                .init(name: "v7", date: Self.now - 20 * Self.day, role: .champion),
                .init(name: "v6", date: Self.now - 80 * Self.day, role: .challenger),
                .init(name: "v5", date: Self.now - 140 * Self.day, role: .idle),
            ],
            gate: [
                .init(
                    text: language("ranks no worse than v6", "não ordena pior que a v6"),
                    hasPassed: true
                ),
                .init(
                    text: language("calibrated within 3 points", "calibrado em até 3 pontos")
                        + suffix,
                    hasPassed: false
                ),
            ],
            moves: .init(
                from: "churn v6",
                to: "churn v7" + suffix,
                customers: 8_214,
                listed: 60,
                enters: (0 ..< 4).map {
                    .init(identifier: "1558\($0)" + suffix, before: 0.31, after: 0.52)
                },
                leaves: []
            )
        )
    }

    private var runs: RunsPage {
        RunsPage(
            metrics: ["roc_auc" + suffix, "log_loss"],
            runs: (0 ..< 8).map(run),
            count: 8
        )
    }

    private var compared: RunComparePage {
        RunComparePage(
            runs: ["brave-heron-0" + suffix, "calm-otter-1"],
            metrics: [("roc_auc", [0.861, 0.866]), ("log_loss", [0.331, nil])],
            parameters: [("learning_rate" + suffix, ["0.01", "0.02"])]
        )
    }

    private var drift: LiveDriftPage {
        LiveDriftPage(
            verdict: language(
                "One column has drifted, and it costs about 0.40 a customer.",
                "Uma coluna mudou, e isso custa cerca de 0,40 por cliente."
            ),
            isAlarming: true,
            customers: 8_214,
            columns: [
                .init(
                    name: language("Balance", "Saldo") + suffix,
                    distance: 0.31,
                    verdict: .drifted,
                    change: language("a third higher", "um terço maior") + suffix
                ),
                .init(
                    name: language("Age", "Idade"),
                    distance: 0.08,
                    verdict: .watched,
                    change: language("two years older", "dois anos mais velhos")
                ),
                .init(
                    name: language("Products", "Produtos"),
                    distance: 0.004,
                    verdict: .steady,
                    change: ""
                ),
            ],
            history: (0 ..< 12).map {
                .init(date: Self.now + Int64($0) * Self.day, drifted: $0 / 6)
            },
            rows: .init(
                area: Estimate(value: 0.571, low: 0.552, high: 0.59),
                verdict: language("a little, beyond chance", "um pouco, além do acaso")
            ),
            profit: Estimate(value: 3.02, low: 2.61, high: 3.4),
            referenceProfit: 3.41
        )
    }

    private var noDrift: LiveDriftPage {
        LiveDriftPage(
            verdict: "",
            isAlarming: false,
            customers: 0,
            columns: [],
            history: []
        )
    }

    private var service: ServicePage {
        ServicePage(
            since: Self.now - 3 * Self.day,
            verdict: language("Everything is as it should be.", "Está tudo como deveria."),
            isAlarming: false,
            requestsPerSecond: 1_012,
            latency: .init(half: 0.4, most: 1.2, nearlyAll: 3.8),
            errors: .init(own: 0, callers: 12, answers: 2_410_882),
            queue: .init(waiting: 214, capacity: 100_000, dropped: 0),
            shadow: .init(
                version: "v8" + suffix,
                customers: 8_214,
                agreement: 0.962,
                difference: 0.021
            ),
            versions: [.init(version: "v7" + suffix, customers: 2_410_000)],
            routes: [
                .init(path: "/predict" + suffix, requests: 2_400_112, errors: 9, latency: 1.2),
                .init(path: "/metrics", requests: 8_640, errors: 0, latency: nil),
            ],
            traffic: (0 ..< 60).map(moment)
        )
    }

    private func run(_ place: Int) -> RunsPage.Run {
        let name = place % 2 == 0 ? "brave-heron" : "calm-otter"
        return RunsPage.Run(
            id: "r\(place)" + suffix,
            name: name + "-\(place)" + suffix,
            date: Self.now - Int64(place) * Self.day,
            state: place == 0 ? .running : place == 3 ? .failed : .finished,
            values: place == 0 ? [nil, nil] : [0.861, 0.331]
        )
    }

    private func bin(_ place: Int) -> ModelPage.Bin {
        let predicted = Double(place) / 10
        let observed = predicted + (place % 2 == 0 ? 0.02 : -0.015)
        return ModelPage.Bin(
            predicted: predicted,
            observed: observed,
            customers: 220 - place * 18
        )
    }

    private func slice(_ place: Int) -> ModelPage.Slice {
        let step = Double(place)
        return ModelPage.Slice(
            name: language("Branch", "Agência") + " B-0\(place)" + suffix,
            customers: 300 + place * 41,
            observed: 0.19 + step * 0.018,
            area: place == 5 ? nil : 0.84 + step * 0.006
        )
    }

    private func moment(_ place: Int) -> ServicePage.Moment {
        ServicePage.Moment(
            date: Self.now + Int64(place) * 60_000,
            requests: 980 + Double(place * 37 % 90)
        )
    }
}
