import Campaign
import ChurnModel
import Desk
import Evaluation
import Files
import Foundation
import Lifecycle
import Logging
import Output
import Record
import Schema
import Serving
import Texts

extension DeskSite {
    private var costs: CampaignCosts { settings.costs ?? service.current.saved.model.costs }
    private var usualHorizon: Int {
        settings.horizonDays ?? service.current.horizonDays ?? 90
    }
    var folder: DeskFolder { DeskFolder(path: settings.folder, uploads: settings.uploads) }

    /// The pages of campaigns.
    func campaigns(_ visit: DeskVisit, _ parts: [String]) async throws -> SiteAnswer {
        switch parts.first {
        case nil: return await page(CampaignsPage(campaigns: try await items()), visit)
        case "new" where parts.count == 1:
            var form = PlannedForm.fresh(costs, horizonDays: usualHorizon, visit.language)
            if folder.upload(visit.form["upload"]) != nil {
                form.source = .file
                form.upload = visit.form["upload"]
            }
            return try await newCampaign(form, [:], visit)
        case "of" where parts.count == 2:
            return try await campaign(parts[1], visit)
        case "of" where parts.count == 3 && parts[2] == "list.csv":
            return try await export(parts[1])
        case "of" where parts.count == 3 && parts[2] == "held-out.csv":
            return try await export(parts[1], heldOut: true)
        default: throw DeskProblem.missing
        }
    }

    private func items() async throws -> [CampaignItem] {
        var items: [CampaignItem] = []
        for entry in try await record.campaigns() { items.append(try await item(entry)) }
        return items
    }

    private func item(_ entry: CampaignEntry) async throws -> CampaignItem {
        let standing = try await record.standing(of: entry.name)
        let decision = try? CampaignDecision(json: entry.decision)
        return CampaignItem(
            name: entry.name,
            created: entry.created,
            closed: entry.closed,
            customers: standing?.contacts ?? 0,
            called: standing?.states.values.reduce(0, +) ?? 0,
            heldOut: standing?.heldOut ?? 0,
            expected: decision?.expected.profit,
            model: decision?.model.source ?? ""
        )
    }

    private func newCampaign(
        _ form: CampaignForm,
        _ faults: [String: String],
        _ visit: DeskVisit
    ) async throws -> SiteAnswer {
        let scored = try await record.customers(prefix: "", from: 0, count: 0).matches
        let model = service.current.saved.model
        let columns = model.schema.columns.filter {
            $0.type.kind == .number && !$0.personal && $0.role != .target
        }
        return await page(
            NewCampaignPage(
                form: form,
                scoredCustomers: scored,
                valueColumns: form.source == .file ? columns.map { $0.name } : [],
                faults: faults
            ),
            visit,
            status: faults.isEmpty ? 200 : 422
        )
    }

    /// What a campaign would choose.
    func preview(_ visit: DeskVisit) async throws -> SiteAnswer {
        var fields = visit.form
        if let upload = visit.upload {
            // Customers of a file are scored into the record first, so that their pages are there.
            let result = try await score(upload, name: visit.uploadName, visit.language)
            if let problem = result.problem { throw DeskProblem.refused(problem) }
            fields = DeskForm(
                [("source", "file"), ("upload", upload.id)]
                    + fields.fields.filter { !["source", "upload"].contains($0.name) }
            )
        }
        let planned = PlannedForm(
            fields,
            costs: costs,
            horizonDays: usualHorizon,
            visit.language
        )
        do {
            let choice = try await choose(planned, visit)
            return await page(previewPage(choice, planned, visit), visit)
        } catch let refusal as PlanRefusal {
            return try await newCampaign(planned.form, refusal.faults, visit)
        }
    }

    /// Why a form can't be planned, by the field's name.
    private struct PlanRefusal: Error {
        let faults: [String: String]
    }

    /// Plans what a form asks for.
    private func choose(
        _ planned: PlannedForm,
        _ visit: DeskVisit,
        isDrawn: Bool = false
    ) async throws -> DeskPlanner.Choice {
        var faults = planned.faults
        let language = visit.language
        if faults["name"] == nil, try await record.campaign(named: planned.form.name) != nil {
            faults["name"] = language(
                "There is a campaign of this name already.",
                "Já existe uma campanha com este nome."
            )
        }
        guard faults.isEmpty else { throw PlanRefusal(faults: faults) }
        try folder.prepare()
        let path: String
        switch planned.form.source {
        case .file:
            guard let upload = folder.upload(planned.form.upload) else {
                throw PlanRefusal(faults: [
                    "source": language(
                        "That file is no longer here; upload it again.",
                        "Esse arquivo não está mais aqui; envie de novo."
                    )
                ])
            }
            path = upload.customers
        case .scored:
            // A list that was drawn can be had again from the scores that it was drawn from.
            path =
                folder.lists + (isDrawn ? "/\(planned.form.name).customers.csv" : "/.preview.csv")
            let since = Int64(visit.now) - Int64(planned.horizonDays) * 86_400_000
            let count = try await DeskPlanner.write(record, since: since, to: path)
            guard count > 0 else {
                throw PlanRefusal(faults: [
                    "source": language(
                        "Nobody has a score of the last \(planned.horizonDays) days; upload a file.",
                        "Ninguém tem escore dos últimos \(planned.horizonDays) dias; envie um arquivo."
                    )
                ])
            }
        }
        let planner = DeskPlanner(
            served: service.current,
            settings: settings,
            planned: planned,
            file: (path, planned.form.source == .scored)
        )
        do {
            return try await bench.run { try planner.choose(withCurve: !isDrawn) }
        } catch let problem as DeskProblem {
            throw problem
        } catch let error as any RetainError {
            throw PlanRefusal(faults: ["name": Self.refusal(error, language)])
        }
    }

    /// What the program says of a choice that can't be made, without the paths of this machine.
    private static func refusal(_ error: any RetainError, _ language: Language) -> String {
        let text = error.description.split(separator: ": ", maxSplits: 1).last.map(String.init)
        let said = error.description.hasPrefix("/") ? text ?? "" : error.description
        return language("It can't be planned: \(said).", "Não dá para planejar: \(said).")
    }

    private func previewPage(
        _ choice: DeskPlanner.Choice,
        _ planned: PlannedForm,
        _ visit: DeskVisit
    ) -> CampaignPreviewPage {
        let decision = choice.decided.decision
        let listed = choice.decided.members.filter { $0.arm == .contact }
        var cautions = choice.remarks
        if decision.data.rejected > 0 {
            let count = visit.language.number(decision.data.rejected)
            cautions.append(
                visit.language(
                    "\(count) rows of the file break the schema and can't be chosen.",
                    "\(count) linhas do arquivo não seguem o esquema e não podem ser escolhidas."
                )
            )
        }
        return CampaignPreviewPage(
            form: planned.form,
            curve: choice.curve,
            contacts: decision.holdOut.contacted,
            mostContacts: decision.choice.paying,
            heldOut: decision.holdOut.customers,
            expected: Estimate(decision.expected),
            cost: decision.expected.cost,
            detectable: decision.holdOut.detectable,
            rows: listed.prefix(10).map { QueueRow($0) },
            cautions: cautions
        )
    }

    /// Draws a campaign: on record first, and then its list.
    func draw(_ visit: DeskVisit) async throws -> SiteAnswer {
        let planned = PlannedForm(
            visit.form,
            costs: costs,
            horizonDays: usualHorizon,
            visit.language
        )
        do {
            let choice = try await choose(planned, visit, isDrawn: true)
            let name = planned.form.name
            _ = try await choice.workflow.checkOverlap(
                choice.decided,
                in: record,
                isAllowed: visit.form["overlap"] == "yes"
            )
            try await choice.workflow.handOut(
                choice.decided,
                keptIn: record,
                at: Int64(visit.now),
                to: CampaignOutputs(list: "\(folder.lists)/\(name).list.csv", campaign: name)
            )
            logger.notice("a campaign was drawn", metadata: ["campaign": "\(name)"])
            annotate(name)
            return redirect(to: DeskPath.query(DeskPath.campaign(name), [("new", "1")]))
        } catch let refusal as PlanRefusal {
            return try await newCampaign(planned.form, refusal.faults, visit)
        } catch let error as CampaignError {
            let why = Self.refusal(error, visit.language)
            return try await newCampaign(planned.form, ["name": why], visit)
        }
    }

    private func campaign(_ name: String, _ visit: DeskVisit) async throws -> SiteAnswer {
        guard let entry = try await record.campaign(named: name) else { throw DeskProblem.missing }
        let language = visit.language
        let decision = try? CampaignDecision(json: entry.decision)
        let isHere =
            decision.map { decision in
                [
                    "\(folder.lists)/\(decision.data.name)",
                    "\(settings.folder)/uploads/\(decision.data.name)",
                ]
                .first { FileManager.default.fileExists(atPath: $0) }
            } ?? nil
        return await page(
            CampaignPage(
                item: try await item(entry),
                isNew: visit.form["new"] == "1",
                facts: decision.map { Self.facts($0, entry, language) } ?? [],
                command: isHere.map {
                    let scored = decision?.data.isScored == true ? "--scored " : ""
                    return
                        "retain campaign reproduce \(name) \(scored)\($0) --database \(settings.database) -o \(name).csv"
                },
                files: [
                    FieldOption(
                        value: DeskPath.campaign(name) + "/held-out.csv",
                        text: language("Customers left alone", "Clientes fora do contato")
                    )
                ]
            ),
            visit
        )
    }

    /// What a decision stood on.
    private static func facts(
        _ decision: CampaignDecision,
        _ entry: CampaignEntry,
        _ language: Language
    ) -> [CampaignPage.Fact] {
        func number(_ value: Double) -> String {
            language.number(value, decimals: value == value.rounded() ? 0 : 2)
        }
        func fact(_ english: String, _ portuguese: String, _ value: String) -> CampaignPage.Fact {
            CampaignPage.Fact(name: language(english, portuguese), value: value)
        }
        var facts = [
            fact(
                "Customers considered",
                "Clientes considerados",
                language.number(decision.choice.considered)
            ),
            fact(
                "Whom contacting pays",
                "Quem compensa contatar",
                language.number(decision.choice.paying)
            ),
        ]
        if let contacts = decision.constraint.contacts {
            facts.append(fact("At most to call", "No máximo a contatar", language.number(contacts)))
        }
        if let budget = decision.constraint.budget {
            facts.append(fact("Budget", "Verba", number(budget)))
        }
        let value = decision.terms.customerValue
        facts.append(
            fact("A customer is worth", "Um cliente vale", value.column ?? number(value.typical))
        )
        for offer in decision.terms.offers {
            let terms = language(
                "contact \(number(offer.contactCost.typical)), offer \(number(offer.offerCost.typical)), kept \(language.percent(offer.acceptanceRate.typical))",
                "contato \(number(offer.contactCost.typical)), oferta \(number(offer.offerCost.typical)), retidos \(language.percent(offer.acceptanceRate.typical))"
            )
            facts.append(fact("Offer “\(offer.name)”", "Oferta “\(offer.name)”", terms))
        }
        return facts + [
            fact(
                "Leaving counts within",
                "Saída conta em",
                language("\(entry.horizonDays) days", "\(entry.horizonDays) dias")
            ),
            fact("Lots drawn with key", "Sorteio com a chave", entry.keyID),
            fact("Model’s digest", "Resumo do modelo", String(decision.model.digest.prefix(12))),
            fact("File’s digest", "Resumo do arquivo", String(decision.data.digest.prefix(12))),
        ]
    }

    private func export(_ name: String, heldOut: Bool = false) async throws -> SiteAnswer {
        guard try await record.campaign(named: name) != nil else { throw DeskProblem.missing }
        let members = try await record.members(of: name)
        return heldOut
            ? download(CampaignFiles.heldOut(members), name: "\(name).held-out.csv")
            : download(
                CampaignFiles.list(members, reasons: nil, reasonsOf: []),
                name: "\(name).csv"
            )
    }
}

extension QueueRow {
    fileprivate init(_ member: CampaignMember) {
        self.init(
            rank: member.rank,
            identifier: member.customer,
            risk: member.probability,
            gain: member.expectedProfit,
            reasons: [],
            lever: .unknown,
            state: .waiting
        )
    }
}
