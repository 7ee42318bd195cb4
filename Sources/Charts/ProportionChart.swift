public import Texts

/// "So many of a hundred": a hundred dots for each of a few groups, some of them coloured.
public struct ProportionChart: Chart {
    /// One hundred.
    public struct Group: Sendable {
        let name: String
        let share: Double
        let tone: Tone

        /// Creates a group of which `share`, in 0...1, is coloured.
        public init(name: String, share: Double, tone: Tone) {
            self.name = name
            self.share = share
            self.tone = tone
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The groups from left to right; two fit well.
    public var groups: [Group]
    /// Of the words in it.
    public var language: Language

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        groups: [Group],
        language: Language = .english
    ) {
        self.title = title
        self.summary = summary
        self.groups = groups
        self.language = language
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let step = 200.0 / 14
        var canvas = Canvas(
            width: max(1, Double(groups.count)) * 190 - 40,
            height: 10 * step + 44
        )
        for (index, group) in groups.enumerated() {
            let left = Double(index) * 190
            let share = group.share.isFinite ? max(0, min(1, group.share)) : 0
            let coloured = Int((share * 100).rounded())
            canvas.text(
                group.share.isFinite
                    ? language("\(coloured) of 100", "\(coloured) de 100")
                    : language("no data", "sem dados"),
                x: left,
                y: 14,
                "strong"
            )
            canvas.text(group.name, x: left, y: 30, "label")
            for dot in 0 ..< 100 {
                let isColoured = dot < coloured
                canvas.circle(
                    x: left + 5 + Double(dot % 10) * step,
                    y: 46 + Double(dot / 10) * step,
                    radius: 5,
                    isColoured ? "fill \(group.tone.rawValue)" : "fill blank"
                )
            }
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }
}
