import Texts

/// The names of the colours, in one row.
struct Legend {
    enum Symbol {
        case line(Tone)
        /// A dashed line.
        case reference
        /// A circle of this style.
        case dot(String)
    }

    let entries: [(name: String, symbol: Symbol)]

    /// Of two distributions, that of the reference and that of now.
    static func beforeAndNow(_ language: Language) -> Legend {
        Legend(entries: [
            (language("reference", "referência"), .line(.muted)),
            (language("now", "agora"), .line(.leave)),
        ])
    }

    /// Draws the row so that it ends at `right`.
    ///
    /// Names are short: type is not measured here.
    func draw(right: Double, y: Double, on canvas: inout Canvas) {
        var x = right - entries.reduce(0) { $0 + Self.width($1.name) } + 12
        for entry in entries {
            switch entry.symbol {
            case .line(let tone):
                canvas.line(x, y - 4, x + 14, y - 4, "line \(tone.rawValue)")
            case .reference: canvas.line(x, y - 4, x + 14, y - 4, "reference")
            case .dot(let style): canvas.circle(x: x + 9, y: y - 4, radius: 3.5, style)
            }
            canvas.text(entry.name, x: x + 19, y: y, "label")
            x += Self.width(entry.name)
        }
    }

    private static func width(_ name: String) -> Double {
        19 + Double(name.unicodeScalars.count) * 7.2 + 12
    }
}

extension Language {
    /// How many are not drawn.
    func more(_ count: Int) -> String { self("and \(count) more", "e mais \(number(count))") }
}
