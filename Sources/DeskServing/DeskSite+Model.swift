import ChurnModel
import Desk
import Evaluation
import Logging
import Record
import Reports
import Schema
import Serving
import Texts
import Tracking
import Training

extension DeskSite {
    /// How good the model is, and the versions there are.
    func model(_ visit: DeskVisit) async throws -> SiteAnswer {
        let served = service.current
        let language = visit.language
        if visit.form["card"] == "1" {
            return download(
                Array(served.saved.card.utf8),
                name: "model-card.md",
                type: "text/markdown; charset=utf-8"
            )
        }
        let trained = try? served.saved.record()
        let test = trained?.test
        let registered = await registered(served)
        let against = visit.form["against"]
        return await page(
            ModelPage(
                name: "\(served.name) \(served.version)",
                trained: nil,
                headline: Self.headline(trained, language),
                figures: test.map { Self.figures($0, language) } ?? [],
                calibration: test.map { Self.bins($0) } ?? [],
                slices: test.map { Self.slices($0, language) } ?? [],
                card: DeskSection.model.path + "?card=1",
                versions: versions(registered, served, against: against, language),
                gate: Self.gate(registered, served, language),
                moves: against.isEmpty ? nil : try await moves(to: against, registered)
            ),
            visit
        )
    }

    private static func headline(_ trained: TrainingRecord?, _ language: Language) -> String {
        guard let trained else {
            return language(
                "The model does not say how good it is.",
                "O modelo não diz quão bom é."
            )
        }
        let rows = language.number(trained.data.trainingRows)
        guard let test = trained.test else {
            return language(
                "It learned from \(rows) customers; none were kept to judge it.",
                "Aprendeu com \(rows) clientes; nenhum foi guardado para julgá-lo."
            )
        }
        let judged = language.number(test.rows)
        guard let area = test.metrics[.rocAUC]?.value else {
            return language(
                "It learned from \(rows) customers and was judged on \(judged) others.",
                "Aprendeu com \(rows) clientes e foi julgado em \(judged) outros."
            )
        }
        let percent = language.percent(area)
        return language(
            "Of a customer who left and one who stayed, it ranks the one who left higher in \(percent) of cases, judged on \(judged) customers that it had never seen.",
            "De um cliente que saiu e um que ficou, ele põe o que saiu acima em \(percent) dos casos, julgado em \(judged) clientes que nunca tinha visto."
        )
    }

    private static func figures(_ test: EvaluationReport, _ language: Language) -> [Tile] {
        let wanted: [(MetricName, String)] = [
            (.rocAUC, language("Ranking (AUC)", "Ordenação (AUC)")),
            (.logLoss, language("Log loss", "Log loss")),
            (.ece, language("Calibration error", "Erro de calibração")),
            (.precision, language("Right among those called", "Acertos entre os contatados")),
            (.recall, language("Found among those who leave", "Achados entre os que saem")),
        ]
        return wanted.compactMap { name, title in
            guard let metric = test.metrics[name], let value = metric.value else { return nil }
            let note = metric.interval.map {
                let (low, high) = (
                    language.number($0.low, decimals: 3), language.number($0.high, decimals: 3)
                )
                return language("between \(low) and \(high)", "entre \(low) e \(high)")
            }
            return Tile(
                title: title,
                value: language.number(value, decimals: 3),
                note: note ?? ""
            )
        }
    }

    private static func bins(_ test: EvaluationReport) -> [ModelPage.Bin] {
        test.reliability.compactMap { bin in
            guard let predicted = bin.meanPredicted, let observed = bin.observedRate else {
                return nil
            }
            return ModelPage.Bin(predicted: predicted, observed: observed, customers: bin.rows)
        }
    }

    private static func slices(
        _ test: EvaluationReport,
        _ language: Language
    ) -> [ModelPage.Slice] {
        test.slices.filter { !$0.isSmall && $0.rows > 0 }.prefix(30).map { slice in
            let observed = Double(slice.positives) / Double(slice.rows)
            return ModelPage.Slice(
                name: "\(slice.column): \(slice.level ?? language("empty", "vazio"))",
                customers: slice.rows,
                observed: observed,
                area: slice.metrics[.rocAUC]?.value
            )
        }
    }

    /// The runs that made models, or some of them beside each other.
    func runs(_ visit: DeskVisit, _ parts: [String]) async throws -> SiteAnswer {
        var all: [Run] = []
        do {
            try await settings.tracking? { store in
                let experiments = try await store.experiments().map(\.id)
                all = try await store.runs(RunQuery(experimentIDs: experiments, limit: 100))
            }
        } catch {
            logger.warning("runs can't be read", metadata: ["error": "\(error)"])
        }
        if parts == ["compare"] {
            let wanted = visit.form.all("run")
            let chosen = wanted.compactMap { id in all.first { $0.info.id == id } }
            guard chosen.count >= 2 else { return redirect(to: DeskSection.runs.path) }
            return await page(Self.comparison(Array(chosen.prefix(6))), visit)
        }
        guard parts.isEmpty else { throw DeskProblem.missing }
        let usual = ["test_roc_auc", "test_log_loss", "test_ece", "roc_auc", "log_loss"]
        let metrics = usual.filter { name in all.contains { $0.metrics[name] != nil } }.prefix(4)
        return await page(
            RunsPage(
                metrics: Array(metrics),
                runs: all.map { run in
                    RunsPage.Run(
                        id: run.info.id,
                        name: run.info.name,
                        date: run.info.start,
                        state: run.info.status == .finished
                            ? .finished
                            : [.running, .scheduled].contains(run.info.status) ? .running : .failed,
                        values: metrics.map { run.metrics[$0]?.value }
                    )
                },
                count: all.count
            ),
            visit
        )
    }

    private static func comparison(_ runs: [Run]) -> RunComparePage {
        let metrics = Set(runs.flatMap(\.metrics.keys)).sorted()
        let parameters = Set(runs.flatMap(\.params.keys)).sorted().filter { name in
            Set(runs.map { $0.params[name] }).count > 1
        }
        return RunComparePage(
            runs: runs.map(\.info.name),
            metrics: metrics.map { name in (name, runs.map { $0.metrics[name]?.value }) },
            parameters: parameters.map { name in (name, runs.map { $0.params[name] ?? "" }) }
        )
    }
}
