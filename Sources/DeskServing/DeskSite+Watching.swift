import ChurnModel
import Desk
import Drift
import Evaluation
import Record
import Serving
import Texts

extension DeskSite {
    /// How customers change against those of training.
    func drift(_ visit: DeskVisit) async throws -> SiteAnswer {
        let language = visit.language
        let state = try await service.driftState()
        let drifted = state.columns.filter(\.isDrifted).count
        let verdict =
            drifted > 0
            ? language(
                "\(language.number(drifted)) of \(language.number(state.columns.count)) columns have drifted: customers differ from those the model learned from.",
                "\(language.number(drifted)) de \(language.number(state.columns.count)) colunas mudaram: os clientes diferem daqueles com que o modelo aprendeu."
            )
            : language(
                "Customers look like those the model learned from.",
                "Os clientes se parecem com aqueles com que o modelo aprendeu."
            )
        let money = state.performance.money
        let rows = visit.form["rows"] == "1" ? try await wholeRows(language) : nil
        return await page(
            LiveDriftPage(
                verdict: verdict,
                isAlarming: drifted > 0,
                customers: state.columns.map(\.rows).max() ?? 0,
                columns: state.columns.map { column in
                    let share = language.percent(column.effect, decimals: 1)
                    return LiveDriftPage.Column(
                        name: column.name,
                        distance: column.effect,
                        verdict: column.isDrifted
                            ? .drifted : column.effect >= column.leastEffect ? .watched : .steady,
                        change: language(
                            "\(share) of customers lie elsewhere than in training",
                            "\(share) dos clientes estão em outro lugar que no treino"
                        )
                    )
                },
                history: Self.days(try await service.driftChanges(), until: Int64(visit.now)),
                rows: rows,
                profit: money.map {
                    Estimate(
                        value: $0.after.value,
                        low: $0.after.interval.low,
                        high: $0.after.interval.high
                    )
                },
                referenceProfit: money?.before.value
            ),
            visit
        )
    }

    /// How many columns had drifted at the end of each day, from that before the first change on.
    private static func days(
        _ changes: [DriftChange],
        until now: Int64
    ) -> [LiveDriftPage.Day] {
        let day: Int64 = 86_400_000
        guard let first = changes.first else { return [] }
        var rest = changes[...]
        var drifted: Set<String> = []
        return stride(from: first.time / day - 1, through: now / day, by: 1).map { number in
            while let change = rest.first, change.time / day <= number {
                if change.isDrifted {
                    drifted.insert(change.column)
                } else {
                    drifted.remove(change.column)
                }
                rest.removeFirst()
            }
            return LiveDriftPage.Day(date: number * day, drifted: drifted.count)
        }
        .suffix(365)
    }

    /// Whether those who were scored last can be told from those scored before, half of the customers each.
    private func wholeRows(_ language: Language) async throws -> LiveDriftPage.Rows {
        let served = service.current
        let entries = try await latestCustomers().sorted { $0.time < $1.time }
        let verdict = try await bench.run {
            let half = entries.count / 2
            let schema = served.saved.model.schema
            return RowVerdict(
                reference: RowSample(schema, rows: served.rows(entries.prefix(half)).coded),
                current: RowSample(schema, rows: served.rows(entries.dropFirst(half)).coded)
            )
        }
        guard let verdict else {
            let least = language.number(4 * RowVerdict.leastRows)
            return LiveDriftPage.Rows(
                area: nil,
                verdict: language(
                    "Too few: \(least) customers are needed.",
                    "Poucos: são necessários \(least) clientes."
                )
            )
        }
        let since = language.date(entries[entries.count / 2].time)
        let named = verdict.columns.prefix(3).filter { $0.importance > 0 }.map(\.name)
        let told =
            verdict.hasDrifted
            ? language("they differ, most in ", "eles diferem, sobretudo em ")
                + named.joined(separator: ", ")
            : language("they can’t be told apart", "não dá para distingui-los")
        return LiveDriftPage.Rows(
            area: Estimate(
                value: verdict.area,
                low: verdict.interval.low,
                high: verdict.interval.high
            ),
            verdict: language(
                "Customers scored since \(since) against those before: \(told). 0.5 is not at all.",
                "Clientes pontuados desde \(since) contra os anteriores: \(told). 0,5 é nada."
            )
        )
    }

    /// How the service does.
    func serviceState(_ visit: DeskVisit) async throws -> SiteAnswer {
        let language = visit.language
        let standing = service.standing
        let answers = standing.usages.map(\.answers).reduce(0, +)
        let own = standing.usages.map(\.errors.own).reduce(0, +)
        let callers = standing.usages.map(\.errors.callers).reduce(0, +)
        let buckets = standing.usages.map(\.buckets)
        let all = buckets.first.map { first in
            first.indices.map { place in buckets.reduce(0) { $0 + $1[place] } }
        }
        func time(_ share: Double) -> Double? {
            all.flatMap { ServiceStanding.quantile(share, of: $0) }.map { 1_000 * $0 }
        }
        let isAlarming = own > 0 || standing.queue.lost > 0
        let served = service.current
        let minute = Int64(visit.now / 60_000 * 60_000)
        let recent = standing.minutes.suffix(5)
        return await page(
            ServicePage(
                since: Int64(visit.now) - Int64(standing.seconds * 1_000),
                verdict: isAlarming
                    ? language(
                        "Something needs attention: errors of the service, or predictions that were not recorded.",
                        "Algo precisa de atenção: erros do serviço, ou previsões que não foram registradas."
                    )
                    : language("The service is well.", "O serviço está bem."),
                isAlarming: isAlarming,
                requestsPerSecond: Double(recent.reduce(0, +))
                    / min(300, max(1, standing.seconds)),
                latency: time(0.5).flatMap { half in
                    guard let most = time(0.95), let nearlyAll = time(0.99) else { return nil }
                    return ServicePage.Latency(half: half, most: most, nearlyAll: nearlyAll)
                },
                errors: ServicePage.Errors(own: own, callers: callers, answers: answers),
                queue: ServicePage.Queue(
                    waiting: standing.queue.waiting,
                    capacity: standing.queue.capacity,
                    dropped: standing.queue.lost
                ),
                shadow: standing.shadow.map {
                    ServicePage.Shadow(
                        version: $0.label,
                        customers: $0.customers,
                        agreement: $0.customers > 0 ? Double($0.alike) / Double($0.customers) : 1,
                        difference: $0.meanDifference
                    )
                },
                versions: [
                    ServicePage.Share(
                        version: "\(served.name) \(served.version)",
                        customers: standing.customers
                    )
                ],
                routes: standing.usages.map {
                    ServicePage.Route(
                        path: $0.path,
                        requests: $0.answers,
                        errors: $0.errors.own + $0.errors.callers,
                        latency: ServiceStanding.quantile(0.95, of: $0.buckets).map { 1_000 * $0 }
                    )
                },
                traffic: standing.minutes.enumerated().map { place, count in
                    let ago = Int64(standing.minutes.count - 1 - place)
                    return ServicePage.Moment(
                        date: minute - ago * 60_000,
                        requests: Double(count) / 60
                    )
                }
            ),
            visit
        )
    }
}
