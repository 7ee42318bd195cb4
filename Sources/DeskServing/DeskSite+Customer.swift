import Campaign
import ChurnModel
import Desk
import Explanation
import Foundation
import Output
import Record
import Schema
import Serving
import Texts
import Wire

extension DeskSite {
    /// So much of a customer's past is shown.
    private static let mostShown = 24

    /// All that is shown of a customer.
    ///
    /// - Parameters:
    ///   - identifier: The customer's.
    ///   - visit: The request.
    ///   - asked: The values of a what-if, by column; nil where nothing was asked.
    /// - Returns: What a page or the panel beside the list shows.
    /// - Throws: `DeskProblem.missing` where nothing is known of such a customer.
    func customer(
        _ identifier: String,
        _ visit: DeskVisit,
        asking asked: [(name: String, value: String)]? = nil
    ) async throws -> CustomerView {
        guard let history = try await record.history(of: identifier, most: Self.mostShown) else {
            throw DeskProblem.missing
        }
        let open = try await openCampaign()
        let membership = history.memberships.first { $0.campaign.name == open?.name }
        let portrait = await portrait(history, visit, asking: asked)
        let risk =
            portrait?.explained?.reasons.probability ?? history.predictions.first?.probability
            ?? membership?.member.probability ?? 0
        var state: ContactState?
        if let membership, membership.member.arm == .contact {
            let said = history.sayings.first {
                $0.withdrawn == nil && $0.state != nil && $0.time >= membership.campaign.created
            }
            state = said?.state.flatMap { ContactState(rawValue: $0.rawValue) } ?? .waiting
        }
        return CustomerView(
            identifier: identifier,
            facts: portrait?.facts ?? [],
            risk: risk,
            reasons: portrait?.waterfall ?? Waterfall(start: risk, end: risk, steps: [], others: 0),
            whatIf: portrait?.whatIf,
            advice: portrait?.advice,
            state: state,
            isHeldOut: membership?.member.arm == .heldOut,
            asOf: Int64(visit.now),
            history: scores(history, visit.language),
            events: events(history, visit.language)
        )
    }

    /// The page of a customer.
    func customerPage(_ identifier: String, _ visit: DeskVisit) async throws -> SiteAnswer {
        let view = try await customer(identifier, visit)
        return await page(
            CustomerPage(customer: view, origin: view.state == nil ? .customers : .today),
            visit
        )
    }

    /// How the model would see a customer with other values.
    func whatIf(_ visit: DeskVisit, customer identifier: String) async throws -> SiteAnswer {
        let view = try await customer(identifier, visit, asking: visit.form.under("set."))
        return await page(
            CustomerPage(customer: view, origin: view.state == nil ? .customers : .today),
            visit
        )
    }

    /// What the model sees in the customer's latest row; nil where the record does not hold all of it.
    private func portrait(
        _ history: CustomerHistory,
        _ visit: DeskVisit,
        asking asked: [(name: String, value: String)]?
    ) async -> Portrait? {
        guard let latest = history.predictions.first else { return nil }
        let (served, language, threads) = (service.current, visit.language, settings.threads)
        return await service.explaining {
            Portrait(served, latest.features, asked, language, threads: threads)
        } ?? nil
    }

    private func scores(_ history: CustomerHistory, _ language: Language) -> ScoreHistory {
        ScoreHistory(
            scores: history.predictions.reversed().map {
                ScoreHistory.Score(
                    date: $0.time,
                    probability: $0.probability,
                    version: "\($0.model.name) \($0.model.version)"
                )
            },
            change: change(history, language)
        )
    }

    /// What moved the score from the last prediction but one to the last, where both were made by the present model.
    private func change(_ history: CustomerHistory, _ language: Language) -> Waterfall? {
        let (served, two) = (service.current, history.predictions.prefix(2))
        guard two.count == 2, two.allSatisfy({ $0.model.digest == served.digest }) else {
            return nil
        }
        let rows = two.compactMap { try? served.decoder.customers(Array($0.features.utf8)) }
        guard rows.count == 2, rows.allSatisfy(\.problems.isEmpty),
            let moves = try? ScoreMoves(from: served.saved.model, to: served.saved.model)
        else { return nil }
        let move = moves.moves(from: rows[1].coded, to: rows[0].coded)[0]
        let told = MoveTeller(moves, served.saved.model).told(
            move,
            from: Array(rows[1].coded[row: 0]),
            to: Array(rows[0].coded[row: 0])
        )
        return Waterfall(
            start: told.from,
            end: told.to,
            steps: told.changes.map { change in
                let (from, to) = (change.from, change.to)
                return Waterfall.Step(
                    text: language(
                        "\(change.column) from \(from) to \(to)",
                        "\(change.column) de \(from) para \(to)"
                    ),
                    points: 100 * change.points
                )
            },
            others: told.others == nil ? 0 : 1
        )
    }

    /// What was said and decided, the latest first.
    private func events(_ history: CustomerHistory, _ language: Language) -> [CustomerEvent] {
        let said = history.sayings.flatMap { saying -> [CustomerEvent] in
            let who = saying.source.map { Self.person($0, language) }
            var told: [CustomerEvent] = []
            let state = saying.state.flatMap { ContactState(rawValue: $0.rawValue) }
            if let state, saying.withdrawn == saying.time {
                // Set aside as it came.
                return [CustomerEvent(date: saying.time, kind: .setAside(state), by: who)]
            }
            if let state {
                told.append(CustomerEvent(date: saying.time, kind: .mark(state), by: who))
            } else if saying.left == false {
                told.append(CustomerEvent(date: saying.time, kind: .stayed, by: who))
            }
            if let withdrawn = saying.withdrawn {
                told.append(CustomerEvent(date: withdrawn, kind: .undone, by: who))
            }
            return told
        }
        let chosen = history.memberships.map {
            CustomerEvent(
                date: $0.campaign.created,
                kind: $0.member.arm == .heldOut ? .heldOut : .listed,
                campaign: $0.campaign.name
            )
        }
        return (said + chosen).sorted { $0.date > $1.date }
    }

    /// The words of a combination of levers: `Products = 2, Active = yes`.
    static func words(
        _ best: LeverCombination,
        _ features: [ColumnSchema],
        _ language: Language
    ) -> String {
        best.changes.map { change in
            let value = ColumnValue(features[change.place], change.coded, change.to, language)
            return "\(change.column) = \(value.short)"
        }
        .joined(separator: ", ")
    }
}
