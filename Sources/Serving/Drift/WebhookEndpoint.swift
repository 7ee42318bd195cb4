import FoundationEssentials

/// Where webhooks go, and what they are signed with.
///
/// The address comes from whoever runs the service and from nobody else: no request can name one, and no redirect is
/// followed. So nothing can make the service ask other hosts in its name.
public struct WebhookEndpoint: Sendable {
    /// The address.
    let url: String
    /// Scheme, host and port: what logs may tell.
    let place: String
    /// Every one signs, so that a receiver can change from one to the next.
    let secrets: [WebhookSecret]

    /// Checks an address.
    ///
    /// - Parameters:
    ///   - url: `https://…`; `http://…` only to this machine.
    ///   - secrets: `whsec_…`, several with blanks between while receivers change from one to the next.
    ///   - isInsecure: Lets `http` go to other machines, where anybody on the way can read it.
    /// - Throws: `WebhookError`.
    public init(
        _ url: String,
        secrets: String,
        isInsecure: Bool = false
    ) throws(WebhookError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else {
            throw WebhookError(
                "the webhook's address must be https://HOST/PATH; this is no such address"
            )
        }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
            throw WebhookError(
                "the webhook's address may hold neither user, password nor #; the signature proves who sends"
            )
        }
        guard scheme == "https" || isInsecure || Self.isLoopback(host) else {
            throw WebhookError(
                "the webhook's address is http to \(host), where others can read it on the way; use https, or say"
                    + " that it may be insecure"
            )
        }
        var own: [WebhookSecret] = []
        for text in secrets.split(separator: " ") { own.append(try WebhookSecret(String(text))) }
        guard !own.isEmpty else { throw WebhookError("the webhook needs a secret: whsec_…") }
        self.url = url
        place = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
        self.secrets = own
    }

    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
