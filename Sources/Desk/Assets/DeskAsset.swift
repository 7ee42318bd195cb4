import Files

/// A file that every page needs, named by its content, so that a browser may keep it for ever.
public struct DeskAsset: Sendable, Equatable {
    /// As `desk-3f2a90c1d4e5b6a7.css`.
    public let name: String
    /// As the answer's `Content-Type` says it.
    public let mediaType: String
    /// The content.
    public let bytes: [UInt8]

    /// The path that pages name.
    public var path: String { DeskPath.asset(name) }

    private init(_ suffix: String, _ mediaType: String, _ text: String) {
        bytes = Array(text.utf8)
        var hash = SHA256()
        hash.update(bytes)
        name = "desk-" + hash.finalized().hexadecimal.prefix(16) + "." + suffix
        self.mediaType = mediaType
    }

    /// The style sheet.
    public static let style = DeskAsset("css", "text/css; charset=utf-8", DeskStyle.css)
    /// What pages do without being loaded anew; each does all of it without, too.
    public static let script = DeskAsset(
        "js",
        "text/javascript; charset=utf-8",
        DeskScript.javaScript
    )
    /// The sign in the window's tab.
    public static let icon = DeskAsset("svg", "image/svg+xml", DeskStyle.icon)

    /// All of them.
    public static let all = [style, script, icon]

    /// What a browser may do with a page: load from the service, send to it, and nothing else.
    public static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
