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

    /// The form of a new campaign; coming back from the preview, with what was asked for, and from an upload, with its file.
    func newCampaign(_ visit: DeskVisit) async throws -> SiteAnswer {
        guard visit.form["name"].isEmpty else {
            return try await newCampaign(planned(visit.form, visit.language).form, [:], visit)
        }
        var form = PlannedForm.fresh(costs, horizonDays: usualHorizon, visit.language)
        if folder.upload(visit.form["upload"]) != nil {
            form.source = .file
            form.upload = visit.form["upload"]
            form.asOf = visit.form["as-of"]
        }
        return try await newCampaign(form, [:], visit)
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

    private func planned(_ fields: DeskForm, _ language: Language) -> PlannedForm {
        PlannedForm(fields, costs: costs, horizonDays: usualHorizon, language)
    }

    /// What a campaign would choose.
    func preview(_ visit: DeskVisit) async throws -> SiteAnswer {
        var fields = visit.form
        if let upload = visit.upload {
            fields = DeskForm(
                [("source", "file"), ("upload", upload.id)]
                    + fields.fields.filter { !["source", "upload"].contains($0.name) }
            )
        }
        let planned = planned(fields, visit.language)
        try await scoreFile(of: planned, visit)
        do {
            let choice = try await choose(planned, visit)
            return await page(previewPage(choice, planned, visit), visit)
        } catch let refusal as PlanRefusal {
            return try await newCampaign(planned.form, refusal.faults, visit)
        }
    }

    /// Scores the file that a form chooses from into the record, where that was not done, so that its customers' pages are
    /// there.
    private func scoreFile(of planned: PlannedForm, _ visit: DeskVisit) async throws {
        guard planned.form.source == .file, planned.faults["as-of"] == nil,
            let upload = folder.upload(planned.form.upload), !upload.isScored(planned.asOf)
        else { return }
        let name = visit.uploadName.isEmpty ? "customers.csv" : visit.uploadName
        let result = try await score(upload, name: name, asOf: planned.asOf, visit.language)
        if let problem = result.problem { throw DeskProblem.refused(problem) }
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
        let planned = planned(visit.form, visit.language)
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
