import Markup
import Texts

/// A whole page that needs nothing else: no network, no script, no font.
struct HTMLDocument {
    let title: String
    /// What stands between the tags of the body, ended by a line break.
    let body: HTML
    /// Of its texts.
    var language = Language.english
    /// Rules of this page besides those of all.
    var style = ""

    /// The file's text.
    var source: String {
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            style-src 'unsafe-inline'"/>
            <title>\(title)</title>
            <style>
            \(HTML(drawing: PageStyle.css + (style.isEmpty ? "" : "\n" + style)))
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
        return page.source
    }
}
