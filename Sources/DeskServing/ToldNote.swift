import Desk
import Explanation
import Foundation
import Record
import Schema
import Texts

/// Why a member was chosen, in both languages, as the record keeps it beside the member.
struct ToldNote: Equatable, Sendable {
    /// The reasons, the greatest first.
    var reasons: [Reason]
    /// What could help; nil where nothing was tried.
    var lever: Lever?

    /// A reason.
    struct Reason: Codable, Equatable, Sendable {
        var en: String
        var pt: String
        var points: Double
    }

    /// What could help; without words where nothing does.
    struct Lever: Codable, Equatable, Sendable {
        var en: String?
        var pt: String?
    }

    /// So many reasons are kept.
    static let most = 6

    /// What was found of a customer.
    init(_ customer: ExplainedCustomer, _ row: [Double], _ features: [ColumnSchema]) {
        let named = customer.reasons.reasons.prefix(Self.most)
        reasons = named.compactMap { reason in
            guard let place = features.firstIndex(where: { $0.name == reason.column }) else {
                return nil
            }
            func text(_ language: Language) -> String {
                let value = ColumnValue(features[place], row[place], reason.value, language)
                return "\(reason.column) \(value.short)"
            }
            return Reason(en: text(.english), pt: text(.portuguese), points: 100 * reason.points)
        }
        lever = customer.levers.map { finding in
            guard let best = finding.best else { return Lever() }
            func text(_ language: Language) -> String {
                DeskSite.words(best, features, language)
            }
            return Lever(en: text(.english), pt: text(.portuguese))
        }
    }

    /// Reads what `note` wrote; nil for anything else.
    init?(_ note: MemberNote) {
        let decoder = JSONDecoder()
        guard let reasons = try? decoder.decode([Reason].self, from: Data(note.reasons.utf8)) else {
            return nil
        }
        self.reasons = reasons
        lever = note.lever.flatMap { try? decoder.decode(Lever.self, from: Data($0.utf8)) }
    }

    /// As the record keeps it.
    var note: MemberNote {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return MemberNote(
                reasons: String(decoding: try encoder.encode(reasons), as: UTF8.self),
                lever: try lever.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            )
        }
    }

    func chips(_ language: Language) -> [ReasonChip] {
        reasons.map { ReasonChip(text: language($0.en, $0.pt), points: $0.points) }
    }

    func hint(_ language: Language) -> QueueRow.LeverHint {
        guard let lever else { return .unknown }
        guard let en = lever.en, let pt = lever.pt else { return .nothingHelps }
        return .change(language(en, pt))
    }
}
