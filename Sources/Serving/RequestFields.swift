import HTTPTypes
import NIOHTTP1

/// What the head of a request says that its answer depends on, from whichever library's form of it.
struct RequestFields {
    private(set) var authorization: String?
    private(set) var apiKey: String?
    private(set) var connection: String?
    private(set) var contentEncoding: String?
    private(set) var contentLength: Int?
    private(set) var contentType: String?
    private(set) var requestID: String?
    /// Whether the caller waits for `100 Continue` before it sends the body.
    private(set) var expectsContinue = false
    private var hasUpgrade = false
    private var hosts = 0

    init() {}

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers { add(name, value) }
    }

    init(_ fields: HTTPFields) {
        for field in fields { add(field.name.rawName, field.value) }
    }

    /// Takes in a field; several of one name are one with commas between (RFC 9110, section 5.3).
    private mutating func add(_ name: String, _ value: String) {
        // Their lengths tell most names apart, and most fields are none of these.
        switch name.utf8.count {
        case 4 where name.isName("host"): hosts += 1
        case 6 where name.isName("expect"): expectsContinue = value.isName("100-continue")
        case 7 where name.isName("upgrade"): hasUpgrade = true
        case 9 where name.isName("x-api-key"): join(value, to: &apiKey)
        case 10 where name.isName("connection"): join(value, to: &connection)
        case 12 where name.isName("content-type"): join(value, to: &contentType)
        case 12 where name.isName("x-request-id"): join(value, to: &requestID)
        case 13 where name.isName("authorization"): join(value, to: &authorization)
        case 14 where name.isName("content-length"): contentLength = Int(value)
        case 16 where name.isName("content-encoding"): join(value, to: &contentEncoding)
        default: break
        }
    }

    private func join(_ value: String, to values: inout String?) {
        values = values.map { $0 + ", " + value } ?? value
    }

    // MARK: - The message

    /// Whether NIO's parser leaves what follows to another protocol.
    var isUpgrade: Bool { hasUpgrade && isPlainUpgrade }

    /// Whether `Upgrade` is there without `Connection` naming it plainly: then nobody need guess where the next request
    /// begins.
    var isDoubtfulUpgrade: Bool { hasUpgrade && !isPlainUpgrade }

    private var isPlainUpgrade: Bool {
        let names = connection?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        return names.contains { $0.trimmed.isName("upgrade") }
    }

    /// What is wrong with a head that is HTTP in form; nil where nothing is.
    func problem(of head: HTTPRequestHead) -> Problem? {
        if head.method == .CONNECT {
            return Problem(.notImplemented, "This service is no proxy.")
        }
        guard hosts == 1 || hosts == 0 && head.version < .http1_1 else {
            return Problem(.badRequest, "A request has one field Host; this has \(hosts).")
        }
        return nil
    }

    // MARK: - The body

    /// The type of the body without its parameters, in small letters; empty where the request has none.
    var mediaType: String {
        guard let contentType, contentType != "application/json" else { return contentType ?? "" }
        return contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    /// Refuses a body that says it is something else than JSON.
    ///
    /// - Parameter other: Another type that the route takes.
    /// - Throws: 415.
    func requireJSON(or other: String? = nil) throws(Problem) {
        let type = mediaType
        // The last is what `curl -d` says of any body.
        let known = ["", "application/json", "application/x-www-form-urlencoded"]
        guard known.contains(type) || type.hasSuffix("+json") else {
            throw Problem(
                .unsupportedMediaType,
                "The body must be application/json\(other.map { " or \($0)" } ?? "").",
                headers: [.accept: "application/json" + (other.map { ", \($0)" } ?? "")]
            )
        }
    }

    /// Whether the body is packed by gzip or zlib (RFC 9110, section 8.4.1).
    ///
    /// - Throws: 415 where it is packed otherwise.
    func isPacked() throws(Problem) -> Bool {
        switch contentEncoding?.lowercased() {
        case nil, "", "identity": return false
        case "gzip", "x-gzip", "deflate": return true
        case let other?:
            throw Problem(
                .unsupportedMediaType,
                "Content-Encoding \(other) is not understood; use gzip, deflate or none.",
                headers: [.acceptEncoding: "gzip, deflate"]
            )
        }
    }

    /// How the body is packed; nil where it is not, or in a way that is not understood.
    var packing: String? { (try? isPacked()) == true ? contentEncoding : nil }

    // MARK: - The caller

    /// What the caller shows to be let in; nil where it shows nothing.
    var secret: Substring? {
        let scheme = "bearer "
        guard let authorization, authorization.utf8.count >= scheme.utf8.count,
            String(authorization.prefix(scheme.count)).isName(scheme)
        else { return apiKey.map { $0[...] } }
        return authorization.dropFirst(scheme.count)
    }
}

extension StringProtocol {
    /// Whether two words of HTTP are the same, which case says nothing about; `name` is visible ASCII in small letters.
    func isName(_ name: String) -> Bool {
        utf8.count == name.utf8.count
            && zip(utf8, name.utf8).allSatisfy { letter, small in
                letter == small || letter | 0x20 == small && letter &- 0x41 < 26
            }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return start[...end]
    }
}
