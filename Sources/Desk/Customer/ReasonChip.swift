import Charts
import Markup
import Texts

/// A reason in a few words.
public struct ReasonChip: Sendable, Equatable {
    /// The column and the customer's value, in the language of the page: `Age 63`.
    public var text: String
    /// By how many points it raises the score over the average; below 0 where it lowers it.
    public var points: Double

    /// Creates a reason.
    public init(
        text: String,
        points: Double
    ) {
        self.text = text
        self.points = points
    }

    /// Where more points than none stand: a word beside the colour for those who can't tell colours apart is the sign.
    func html(_ language: Language) -> HTML {
        let style: HTML = points >= 0 ? "up" : "down"
        let amount = language.signed(points.rounded())
        return "<span class=\"\(style)\">\(text.clipped(to: 40)) \(amount)</span> "
    }
}
