import Campaign
import ChurnModel
import Desk
import Lifecycle
import Logging
import Record
import Schema
import Serving
import Texts
import Tracking
import Wire

extension DeskSite {
    /// What the registry knows of the served model; nothing where it is a folder or nobody can be asked.
    struct Registered: Sendable {
        var versions: [ModelVersion] = []
        var trail: AuditTrail?
    }

    /// Asks the registry.
    func registered(_ served: ServedModel) async -> Registered {
        var found = Registered()
        do {
            try await settings.tracking? { store in
                guard let model = try await store.registeredModel(served.name) else { return }
                found.trail = AuditTrail(model)
                found.versions = try await store.versions(of: served.name)
                    .sorted { $0.version > $1.version }
            }
        } catch {
            // A registry that can't be asked must not take the page away.
            logger.warning("the registry can't be asked", metadata: ["error": "\(error)"])
        }
        return found
    }

    /// The versions, the newest first, with what was said of each last.
    func versions(
        _ registered: Registered,
        _ served: ServedModel,
        against: String,
        _ language: Language
    ) -> [ModelPage.Version] {
        let events = registered.trail?.entries.map(\.event) ?? []
        return registered.versions.prefix(20).map { version in
            let last = events.last { $0.version == version.version && $0.action != .register }
            let isServed = "\(version.version)" == served.version
            return ModelPage.Version(
                name: "\(version.version)",
                date: version.created,
                role: isServed
                    ? .champion
                    : version.aliases.contains("challenger")
                        ? .challenger : last?.action == .refuse ? .refused : .idle,
                note: last.map { Self.note($0, language) } ?? "",
                comparison: isServed || "\(version.version)" == against
                    ? nil
                    : DeskPath.query(DeskSection.model.path, [("against", "\(version.version)")])
            )
        }
    }

    private static func note(_ event: AuditEvent, _ language: Language) -> String {
        let (day, who) = (language.date(event.when), event.who)
        switch event.action {
        case .register: return ""
        case .promote:
            return language("let through on \(day) by \(who)", "aprovada em \(day) por \(who)")
        case .rollback:
            return language("called back on \(day) by \(who)", "retomada em \(day) por \(who)")
        case .refuse:
            let why = (event.gate?.checks ?? []).filter { !$0.passed }
                .map { title($0, language) }.joined(separator: ", ")
            return language("refused on \(day): \(why)", "recusada em \(day): \(why)")
        }
    }

    /// What the gate looked at when the served version came to it last.
    static func gate(
        _ registered: Registered,
        _ served: ServedModel,
        _ language: Language
    ) -> [ModelPage.Check] {
        let judged = registered.trail?.entries.last {
            "\($0.event.version)" == served.version && $0.event.gate != nil
        }
        guard let summary = judged?.event.gate else { return [] }
        return summary.checks.map { check in
            func told(_ value: Double) -> String {
                switch check.question {
                case .rows, .noLeak: language.number(value)
                case .profit: language.number(value, decimals: 2)
                default: language.number(value, decimals: 4)
                }
            }
            let bound = check.bound.map {
                language(" (bound \(told($0)))", " (limite \(told($0)))")
            }
            let value = check.value.map { ": " + told($0) } ?? ""
            return ModelPage.Check(
                text: title(check, language) + value + (bound ?? ""),
                hasPassed: check.passed
            )
        }
    }

    private static func title(_ check: GateSummary.Check, _ language: Language) -> String {
        let name =
            switch check.question {
            case .rows: language("customers to judge it by", "clientes para julgá-la")
            case .noLeak:
                language("columns that give the answer away", "colunas que entregam a resposta")
            case .auc: language("ranking (AUC)", "ordenação (AUC)")
            case .logLoss: language("log loss against the one before", "log loss contra a anterior")
            case .profit:
                language(
                    "gain by customer against the one before",
                    "ganho por cliente contra a anterior"
                )
            case .calibrationError: language("calibration error", "erro de calibração")
            case .calibrationInTheLarge: language("calibration as a whole", "calibração no todo")
            case .recallGap:
                language("leavers found, largest gap", "saídas achadas, maior diferença")
            case .selectionRateGap:
                language("share called, largest gap", "parte contatada, maior diferença")
            case .calibrationGap:
                language("calibration, largest gap", "calibração, maior diferença")
            }
        return check.column.map { "\(name), \($0)" } ?? name
    }
}

// MARK: Who would enter and leave the list

extension DeskSite {
    /// So many customers are compared at most.
    private static let mostCompared = 20_000

    /// What the record knows of customers last, with what they were predicted from.
    func latestCustomers() async throws -> [Record.CustomerPage.Entry] {
        try await record.customers(
            prefix: "",
            from: 0,
            count: Self.mostCompared,
            withFeatures: true
        )
        .entries
    }

    /// Who would enter and leave the list if another version answered.
    ///
    /// Both score what the record knows of the customers last; the list is as long as that of the open campaign, or a tenth
    /// of the customers.
    ///
    /// - Returns: Nil where there is no such version.
    func moves(to version: String, _ registered: Registered) async throws -> ModelPage.Moves? {
        let served = service.current
        guard let found = registered.versions.first(where: { "\($0.version)" == version }) else {
            return nil
        }
        var other: ServedModel?
        try await settings.tracking? { store in
            other = try ServedModel(
                try await store.savedModel(at: found.source),
                name: served.name,
                version: version
            )
        }
        guard let other else { return nil }
        let entries = try await latestCustomers()
        var top = (entries.count + 9) / 10
        if let campaign = try await openCampaign(),
            let standing = try await record.standing(of: campaign.name)
        {
            top = standing.contacts
        }
        let length = top
        return try await bench.run {
            let diff = ModelDiff(
                served.scores(entries),
                other.scores(entries),
                top: length,
                identifiers: ["customer"]
            ) { [entries[$0].customer] }
            func moves(_ customers: [ModelDiff.Customer]) -> [ModelPage.Move] {
                customers.compactMap {
                    guard let before = $0.first, let after = $0.second else { return nil }
                    return ModelPage.Move(
                        identifier: $0.identifiers[0],
                        before: Double(before.probability),
                        after: Double(after.probability)
                    )
                }
            }
            return ModelPage.Moves(
                from: served.version,
                to: version,
                customers: diff.rows,
                listed: diff.top,
                enters: moves(diff.entering),
                leaves: moves(diff.leaving)
            )
        }
    }
}

extension ServedModel {
    /// A customer's features as the record holds them, coded; nil where it can't read them.
    func row(_ features: String) -> [Double]? {
        guard let decoded = try? decoder.customers(Array(features.utf8)), decoded.problems.isEmpty
        else { return nil }
        return Array(decoded.coded[row: 0])
    }

    /// The features of those customers whose rows it can read, and their places.
    func rows(
        _ entries: some Sequence<Record.CustomerPage.Entry>
    ) -> (coded: CodedRows, places: [Int]) {
        var rows = CodedRows(width: saved.model.schema.features.count)
        var places: [Int] = []
        for (place, entry) in entries.enumerated() {
            guard let row = entry.features.flatMap({ row($0) }) else { continue }
            rows.append(row)
            places.append(place)
        }
        return (rows, places)
    }

    /// What it says of each customer; nil where it can't read the row.
    fileprivate func scores(_ entries: [Record.CustomerPage.Entry]) -> [Float?] {
        let (rows, places) = rows(entries)
        var scores = [Float?](repeating: nil, count: entries.count)
        for (place, score) in zip(places, predictor.predict(rows)) { scores[place] = score }
        return scores
    }
}
