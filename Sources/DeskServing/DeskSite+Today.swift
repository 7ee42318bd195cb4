import Campaign
import ChurnModel
import Desk
import Record
import Schema
import Serving
import Texts

extension DeskSite {
    /// The open campaign's queue, or how to get to one.
    func today(_ visit: DeskVisit) async throws -> SiteAnswer {
        guard let campaign = try await openCampaign(),
            let standing = try await record.standing(of: campaign.name)
        else { return await page(try await firstSteps(), visit) }
        let decision = try? CampaignDecision(json: campaign.decision)
        var query = QueueQuery(campaign: campaign.name)
        query.search = String(visit.form["q"].prefix(100))
        query.state = MemberState(rawValue: visit.form["state"])
        query.order = QueueQuery.Order(rawValue: visit.form["order"]) ?? .rank
        let levels = levelFilters(visit)
        query.levels = levels.filter { !$0.chosen.isEmpty }
            .map { QueueQuery.LevelChoice(column: $0.column, level: $0.chosen) }
        let number = max(1, min(Int(visit.form["page"]) ?? 1, 1_000_000))
        query.first = (number - 1) * query.count
        let found = try await record.queue(query)
        let pages = max(1, (found.matches + query.count - 1) / query.count)
        let filter = QueueFilter(
            search: query.search,
            state: ContactState(rawValue: visit.form["state"]),
            levels: levels,
            order: QueueFilter.Order(rawValue: query.order.rawValue) ?? .rank,
            page: number,
            pageCount: pages,
            matches: found.matches
        )
        var beside: CustomerView?
        if !visit.form["customer"].isEmpty {
            beside = try await customer(visit.form["customer"], visit)
        }
        let today = TodayPage(
            summary: summary(campaign, standing, decision, visit),
            filter: filter,
            rows: found.entries.map { QueueRow($0, visit.language) },
            outside: decision.map { outside($0, of: campaign.name, visit.language) } ?? [],
            hasLevers: !service.current.saved.model.levers.isEmpty,
            customer: beside
        )
        await noteAside(visit)
        return await page(today, visit)
    }

    private func summary(
        _ campaign: CampaignEntry,
        _ standing: QueueStanding,
        _ decision: CampaignDecision?,
        _ visit: DeskVisit
    ) -> QueueSummary {
        // What waits has its share of the whole list's interval.
        let share = standing.profit > 0 ? standing.waitingProfit / standing.profit : 0
        let expected = decision.map { decision -> Estimate in
            let whole = Estimate(decision.expected)
            return Estimate(
                value: standing.waitingProfit,
                low: share * whole.low,
                high: share * whole.high
            )
        }
        let served = service.current
        let isOther = decision.map { $0.model.digest != served.digest } ?? false
        return QueueSummary(
            campaign: campaign.name,
            customers: standing.contacts,
            states: Dictionary(
                uniqueKeysWithValues: standing.states.compactMap { state, count in
                    ContactState(rawValue: state.rawValue).map { ($0, count) }
                }
            ),
            expected: expected,
            heldOut: standing.heldOut,
            madeWith: isOther ? decision?.model.source : nil,
            asOf: Int64(visit.now)
        )
    }

    /// The model's columns of levels that may be shown, with what was chosen.
    private func levelFilters(_ visit: DeskVisit) -> [QueueFilter.LevelFilter] {
        let model = service.current.saved.model
        let columns = model.schema.features.filter { column in
            guard case .levels(let levels) = column.type else { return false }
            return (2 ... 60).contains(levels.count) && model.reasons.mayName(column)
        }
        return columns.prefix(6).map { column in
            let levels = column.type.listed
            let chosen = visit.form["in." + column.name]
            return QueueFilter.LevelFilter(
                column: column.name,
                options: levels.map { FieldOption(value: $0, text: $0) },
                chosen: levels.contains(chosen) ? chosen : ""
            )
        }
    }

    /// How to get to a list.
    private func firstSteps() async throws -> FirstStepsPage {
        let scored = try await record.customers(prefix: "", from: 0, count: 0).matches
        return FirstStepsPage(
            hasModel: true,
            scoredCustomers: scored,
            simulatedCustomers: canSimulate ? Self.simulated : nil
        )
    }

    /// Tells who marked somebody what others then saw otherwise.
    private func noteAside(_ visit: DeskVisit) async {
        guard let session = visit.session, !sessions.hasNotice(for: session) else { return }
        let since = Int64(visit.now) - 3_600_000
        let aside = try? await record.setAside(against: visit.source, since: since)
        guard let last = aside?.last, sessions.isNew(aside: last.time, for: session) else { return }
        let language = visit.language
        let who =
            last.source.map { DeskSite.person($0, language) } ?? language("somebody", "alguém")
        let state = ContactState(rawValue: last.state.rawValue)?.title(language) ?? ""
        sessions.tell(
            DeskNotice(
                kind: .warning,
                text: language(
                    "\(who) wanted to mark \(last.customer) otherwise (\(state)) after you had; your mark stands, theirs is kept with the customer.",
                    "\(who) quis marcar \(last.customer) de outro modo (\(state)) depois de você; sua marca vale, a outra fica guardada com o cliente."
                )
            ),
            to: session
        )
    }

    /// A source as people read it.
    static func person(_ source: String, _ language: Language) -> String {
        if source == "desk" { return language("Somebody at the desk", "Alguém na mesa") }
        return source.hasPrefix("desk ") ? String(source.dropFirst(5)) : source
    }

    /// Takes a mark, or takes one back.
    func mark(_ visit: DeskVisit) async throws -> SiteAnswer {
        let words = visit.form["mark"].split(separator: " ", maxSplits: 1).map(String.init)
        let language = visit.language
        let state = words.first == "undo" ? .waiting : words.first.flatMap(MemberState.init)
        guard words.count == 2, let state, words[0] != "waiting" else {
            throw DeskProblem.refused(
                language("The form names no outcome.", "O formulário não diz o resultado.")
            )
        }
        let mark = ContactMark(
            campaign: visit.form["campaign"],
            customer: words[1],
            state: state,
            source: visit.source,
            seen: min(Int64(visit.form["seen"]) ?? 0, Int64(visit.now)),
            time: Int64(visit.now)
        )
        guard let campaign = try await record.campaign(named: mark.campaign) else {
            throw DeskProblem.missing
        }
        guard campaign.closed == nil else {
            throw DeskProblem.refused(
                language(
                    "The campaign “\(campaign.name)” is closed.",
                    "A campanha “\(campaign.name)” está encerrada."
                )
            )
        }
        return back(visit, notice(of: try await record.mark(mark), mark, language))
    }

    private func notice(
        of receipt: MarkReceipt,
        _ mark: ContactMark,
        _ language: Language
    ) -> DeskNotice {
        let customer = mark.customer
        let state = ContactState(rawValue: mark.state.rawValue)?.title(language) ?? ""
        let undo = DeskNotice.Undo(customer: customer, campaign: mark.campaign, seen: mark.time)
        switch receipt {
        case .kept(heldOut: false):
            return DeskNotice(kind: .done, text: "\(customer): \(state).", undo: undo)
        case .kept(heldOut: true):
            return DeskNotice(
                kind: .warning,
                text: language(
                    "\(customer): \(state). This customer was held out by lot; the call is counted against the comparison.",
                    "\(customer): \(state). Este cliente estava fora do contato por sorteio; o contato conta contra a comparação."
                ),
                undo: undo
            )
        case .takenBack:
            return DeskNotice(
                kind: .done,
                text: language("\(customer): taken back.", "\(customer): desfeito.")
            )
        case .nothing:
            return DeskNotice(
                kind: .warning,
                text: language(
                    "\(customer): there was nothing to take back.",
                    "\(customer): não havia o que desfazer."
                )
            )
        case .setAside(let other, let source):
            let theirs = ContactState(rawValue: other.rawValue)?.title(language) ?? ""
            let who =
                source.map { Self.person($0, language) } ?? language("Somebody", "Alguém")
            return DeskNotice(
                kind: .warning,
                text: language(
                    "\(who) marked \(customer) meanwhile: \(theirs). That stands, yours is kept with the customer; mark again if it is wrong.",
                    "\(who) marcou \(customer) nesse meio-tempo: \(theirs). Isso vale, a sua fica guardada com o cliente; marque de novo se estiver errado."
                )
            )
        case .stranger:
            return DeskNotice(
                kind: .problem,
                text: language(
                    "\(customer) is not in the campaign “\(mark.campaign)”; nothing was changed.",
                    "\(customer) não está na campanha “\(mark.campaign)”; nada foi mudado."
                )
            )
        }
    }
}

extension QueueRow {
    init(_ entry: QueuePage.Entry, _ language: Language) {
        let told = entry.note.flatMap { ToldNote($0) }
        self.init(
            rank: entry.member.rank,
            identifier: entry.member.customer,
            risk: entry.member.probability,
            gain: entry.member.expectedProfit,
            reasons: told?.chips(language) ?? [],
            lever: told?.hint(language) ?? .unknown,
            state: ContactState(rawValue: entry.state.rawValue) ?? .waiting,
            by: entry.source.map { DeskSite.person($0, language) }
        )
    }

    init(_ outside: CampaignDecision.Outside, _ told: ToldNote?, _ language: Language) {
        self.init(
            rank: 0,
            identifier: outside.customer,
            risk: outside.probability,
            gain: outside.expectedProfit,
            reasons: told?.chips(language) ?? [],
            lever: told?.hint(language) ?? .unknown,
            state: .waiting
        )
    }
}

extension Estimate {
    /// What a list earns, off by what calibration and acceptance may be off.
    init(_ expected: CampaignDecision.Expected) {
        let interval = expected.interval
        self.init(
            value: expected.profit,
            low: min(interval.acceptance.low, interval.calibration?.low ?? .infinity),
            high: max(interval.acceptance.high, interval.calibration?.high ?? -.infinity)
        )
    }
}
