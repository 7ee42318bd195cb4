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
    var folder: DeskFolder { DeskFolder(path: settings.folder, uploads: settings.uploads) }

    /// The pages of campaigns.
    func campaigns(_ visit: DeskVisit, _ parts: [String]) async throws -> SiteAnswer {
        switch parts.first {
        case nil: return await page(CampaignsPage(campaigns: try await items()), visit)
        case "new" where parts.count == 1:
            return try await newCampaign(visit)
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

    /// Ends a campaign, so that others may choose its customers.
    func close(_ visit: DeskVisit) async throws -> SiteAnswer {
        let name = visit.form["campaign"]
        guard let entry = try await record.campaign(named: name) else { throw DeskProblem.missing }
        // Whoever asks twice, or second, finds it closed.
        if entry.closed == nil {
            try await record.close(name, at: Int64(visit.now))
            logger.notice("a campaign was closed", metadata: ["campaign": "\(name)"])
        }
        if let session = visit.session {
            let text = visit.language(
                "\(name) is closed: its customers may be chosen by other campaigns.",
                "\(name) foi encerrada: outras campanhas podem escolher seus clientes."
            )
            sessions.tell(DeskNotice(kind: .done, text: text), to: session)
        }
        return redirect(to: DeskPath.campaign(name))
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
                        "retain campaign reproduce \(name) \(scored)\($0) --database \(settings.record.name) -o \(name).csv"
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
