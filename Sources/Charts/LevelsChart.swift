import Output
public import Texts

/// How levels of a category are spread before and now: two bars each.
public struct LevelsChart: Chart {
    /// One level.
    public struct Level: Sendable {
        let name: String
        let reference: Double
        let current: Double

        /// Creates a level from its shares, in 0...1.
        public init(_ name: String, reference: Double, current: Double) {
            self.name = name
            self.reference = reference
            self.current = current
        }

        fileprivate var change: Double { abs(current - reference) }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The levels from top to bottom; of more than ten, those that changed most are drawn.
    public var levels: [Level]
    /// Of the words in it.
    public var language: Language

    private static let most = 10

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        levels: [Level],
        language: Language = .english
    ) {
        self.title = title
        self.summary = summary
        self.levels = levels
        self.language = language
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shown = shown
        let bottom = 28 + 34 * Double(max(1, shown.count))
        var canvas = Canvas(height: bottom + 44)
        let highest = shown.map { max($0.reference, $0.current) }.max() ?? 0
        let frame = Frame(
            left: 112,
            bottom: bottom,
            x: Ticks(covering: 0 ... (highest > 0 ? highest : 1), count: 4),
            y: Ticks(covering: 0 ... 1)
        )
        let axis = Axis(
            language("share of the rows", "parcela das linhas"),
            isPercentage: true,
            language: language
        )
        frame.drawHorizontal(axis, on: &canvas)
        if shown.isEmpty { frame.drawNoData(language, on: &canvas) }
        let percent = language.form(.percent(1))
        for (place, level) in shown.enumerated() {
            let top = frame.top + 34 * Double(place)
            canvas.text(
                level.name.clipped(to: 16),
                x: frame.left - 8,
                y: top + 20,
                "name",
                anchor: .end
            )
            for (share, tone, offset) in [
                (level.reference, Tone.muted, 4.0), (level.current, .leave, 17),
            ] {
                canvas.rectangle(
                    x: frame.left,
                    y: top + offset,
                    width: frame.across(share) - frame.left,
                    height: 11,
                    "fill half \(tone.rawValue)",
                    rounded: 1.5,
                    hint: "\(level.name.clipped(to: 80)): \(percent.text(share))"
                )
            }
        }
        Legend.beforeAndNow(language).draw(right: frame.right, y: frame.top - 14, on: &canvas)
        if shown.count < levels.count {
            let more = language.more(levels.count - shown.count)
            canvas.text(more, x: 0, y: bottom + 36, "label")
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    /// Those that changed most, in the order of all.
    private var shown: [Level] {
        let levels = levels.filter { $0.reference.isFinite && $0.current.isFinite }
        guard levels.count > Self.most else { return levels }
        let most = levels.indices
            .sorted { (levels[$1].change, $0) < (levels[$0].change, $1) }
            .prefix(Self.most)
        return most.sorted().map { levels[$0] }
    }
}
