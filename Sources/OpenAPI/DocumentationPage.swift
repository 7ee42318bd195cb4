import Files
import FoundationEssentials

/// The page that shows `/openapi.json` and lets people try its routes.
///
/// One file, nothing from elsewhere. Its policy lets the browser run its own script and style and ask its own server,
/// and nothing else.
public enum DocumentationPage {
    /// The page.
    public static let html: [UInt8] = Array(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Retain: HTTP routes</title>
        <style>\(DocumentationStyle.css)</style>
        </head>
        <body>
        <header>
        <h1>Retain <small id="version"></small></h1>
        <p id="introduction">Reading /openapi.json …</p>
        <label>Key, if the service asks for one <input id="key" type="password" autocomplete="off"></label>
        </header>
        <main id="routes"></main>
        <script>\(DocumentationScript.javaScript)</script>
        </body>
        </html>

        """.utf8
    )

    /// The `Content-Security-Policy` that goes with it.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src '\(hash(DocumentationScript.javaScript))'",
        "style-src '\(hash(DocumentationStyle.css))'", "connect-src 'self'", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static func hash(_ text: String) -> String {
        "sha256-" + Data(SHA256.digest(of: Array(text.utf8)).bytes).base64EncodedString()
    }
}
