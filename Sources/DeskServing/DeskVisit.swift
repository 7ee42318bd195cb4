import Desk
import Foundation
import Serving
import Texts

/// One request, with who asks and in which language.
package struct DeskVisit: Sendable {
    let request: SiteRequest
    let language: Language
    /// Milliseconds since 1970.
    let now: Int
    /// The fields behind `?`, and of the form where one was sent.
    var form: DeskForm
    /// The file that came with the form; nil for none.
    var upload: DeskFolder.Upload?
    /// As the browser called the file.
    var uploadName = ""
    /// Nil before the sign-in.
    var session: DeskSessions.Session?
    /// Why the cookie opened nothing.
    var refusal: DeskSessions.Refusal?
    /// Whether the browser must be given the session's cookie.
    var isNew = false
    /// The name of the key; nil where none is asked for.
    var keyName: String?
    /// The key's own rate.
    var rate: Double?
    /// Whether marks, campaigns and uploads are allowed.
    var mayAct = false

    /// The cookie of a language that was chosen.
    static let languageCookie = "retain_language"

    init(_ request: SiteRequest) {
        self.request = request
        now = Int(Date.now.timeIntervalSince1970 * 1_000)
        form = DeskForm(request.query)
        language = Self.language(request)
    }

    /// What a `Cookie` header has under a name; nil for nothing.
    static func cookie(_ name: String, in header: String?) -> String? {
        (header ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    /// The language that was chosen, or the first of the browser's that is known.
    private static func language(_ request: SiteRequest) -> Language {
        let chosen = cookie(languageCookie, in: request.cookie).flatMap { Language(tag: $0) }
        if let chosen { return chosen }
        let wanted = (request.acceptLanguage ?? "").split(separator: ",")
            .map { entry -> (tag: String, weight: Double) in
                let parts = entry.split(separator: ";")
                let weight = parts.dropFirst().first.flatMap {
                    Double($0.drop { $0 == " " }.dropFirst(2))
                }
                let tag = parts.first.map { String($0.drop { $0 == " " }) } ?? ""
                return (tag, weight ?? 1)
            }
        // Equal weights in the order of the header.
        let ordered = wanted.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }
        return ordered.lazy.compactMap { Language(tag: $0.element.tag) }.first ?? .english
    }

    /// Path and query, to come back to.
    var address: String {
        request.isPost
            ? DeskVisit.local(form["back"])
            : request.path + (request.query.isEmpty ? "" : "?" + request.query)
    }

    /// The path's parts below `/desk`, decoded.
    var parts: [String] {
        var parts = request.path.split(separator: "/").map { DeskForm.decodedPath($0) }
        if parts.first == "desk" { parts.removeFirst() }
        return parts
    }

    /// Who is counted for rates.
    var caller: String { keyName.map { "key " + $0 } ?? request.caller ?? "unknown" }

    /// Who says what is said.
    var source: String { keyName.map { "desk " + $0 } ?? "desk" }

    /// An address of this service; the first page for any other, so that no link leads away.
    package static func local(_ address: String) -> String {
        let isLocal =
            address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\")
            && address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        return isLocal ? address : DeskPath.today
    }
}
