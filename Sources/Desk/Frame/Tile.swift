import Markup

/// A figure that matters, large, with what it is above and what there is to know below.
public struct Tile: Sendable, Equatable {
    /// What it is, in the language of the page.
    public var title: String
    /// The figure, as it is read.
    public var value: String
    /// What there is to know of it; empty for nothing.
    public var note: String = ""

    /// Creates a tile.
    public init(
        title: String,
        value: String,
        note: String = ""
    ) {
        self.title = title
        self.value = value
        self.note = note
    }

    var html: HTML {
        let rest: HTML = note.isEmpty ? "" : "<dd class=\"quiet\">\(note)</dd>"
        return
            "<div class=\"card\"><dt>\(title)</dt><dd class=\"big\">\(value)</dd>\(rest)</div>\n"
    }

    static func html(_ tiles: [Tile]) -> HTML {
        tiles.isEmpty ? "" : "<dl class=\"tiles\">\(tiles.map(\.html))</dl>"
    }
}
