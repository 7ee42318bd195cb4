import Charts
import Markup
import Texts

/// From one probability to another in steps that add up exactly, also in the digits that are shown.
public struct Waterfall: Sendable {
    /// Where it starts, as a probability: the average customer, or the score before.
    public var start: Double
    /// Where it ends, as a probability.
    public var end: Double
    /// The steps that are named, the greatest first.
    public var steps: [Step]
    /// How many steps there are besides; together they make what the named ones leave.
    public var others: Int

    /// What one column, or one cause, adds.
    public struct Step: Sendable, Equatable {
        /// In the language of the page: `Age 63`.
        public var text: String
        /// In points of a hundred; below 0 where it lowers the score.
        public var points: Double

        /// Creates a step.
        public init(
            text: String,
            points: Double
        ) {
            self.text = text
            self.points = points
        }
    }

    /// Creates a waterfall.
    public init(
        start: Double,
        end: Double,
        steps: [Step],
        others: Int
    ) {
        self.start = start
        self.end = end
        self.steps = steps
        self.others = others
    }

    /// All that is shown, in tenths of a point: start, steps, the rest, end.
    package struct Digits: Equatable {
        /// Where it starts.
        package var start: Int
        /// One for each named step.
        package var steps: [Int]
        /// Of all that are not named.
        package var others: Int
        /// Start, steps and others together.
        package var end: Int
    }

    /// The numbers as they are shown: each off by less than a tenth of a point, their sum off by nothing.
    package var digits: Digits {
        let (first, last) = (Self.tenths(100 * start), Self.tenths(100 * end))
        let named = steps.map { $0.points.isFinite ? 10 * $0.points : 0 }
        let rest = 1_000 * (end - start) - named.reduce(0, +)
        let whole = WholePoints.rounded(
            named + [rest.isFinite ? rest : 0],
            total: last - first
        )
        return Digits(
            start: first,
            steps: Array(whole.dropLast()),
            others: whole.last ?? 0,
            end: last
        )
    }

    private static func tenths(_ points: Double) -> Int {
        points.isFinite ? Int((10 * points).rounded()) : 0
    }

    /// The steps as a table with a drawing beside each, between the two ends that are named.
    func html(
        caption: String,
        from: String,
        to: String,
        _ language: Language
    ) -> HTML {
        let digits = digits
        var place = digits.start
        var spans = [Row(from, 0, digits.start, "base", isTotal: true)]
        for (step, amount) in zip(steps, digits.steps) {
            spans.append(Row(step.text, place, place + amount, amount >= 0 ? "up" : "down"))
            place += amount
        }
        if others > 0 || digits.others != 0 {
            let amount = digits.others
            let name =
                others > 0
                ? language(
                    "\(language.number(others)) other\(others == 1 ? "" : "s")",
                    others == 1 ? "1 outro" : "\(language.number(others)) outros"
                )
                : language("rounding", "arredondamento")
            spans.append(Row(name, place, place + amount, amount >= 0 ? "up" : "down"))
        }
        spans.append(Row(to, 0, digits.end, "base", isTotal: true))
        let ends = spans.flatMap { [$0.from, $0.to] }
        let low = min(0, ends.min() ?? 0)
        let width = max(1, (ends.max() ?? 1) - low)
        return """
            <table class="fall"><caption>\(caption)</caption>
            <tbody>\(spans.map { $0.html(from: low, width: width, language) })</tbody></table>
            """
    }

    private struct Row {
        let text: String
        let from, to: Int
        let style: HTML
        let isTotal: Bool

        init(_ text: String, _ from: Int, _ to: Int, _ style: HTML, isTotal: Bool = false) {
            (self.text, self.from, self.to, self.style) = (text, from, to, style)
            self.isTotal = isTotal
        }

        func html(from low: Int, width: Int, _ language: Language) -> HTML {
            let left = share(min(from, to) - low, width)
            let long = share(abs(to - from), width)
            let amount = Double(to - from) / 10
            let number =
                isTotal
                ? language.number(amount, decimals: 1) : language.signed(amount, decimals: 1)
            let total: HTML = isTotal ? " class=\"total\"" : ""
            return """
                <tr\(total)><th scope="row">\(text.clipped(to: 60))</th>\
                <td class="step"><svg class="step" aria-hidden="true">\
                <rect class="\(style)" x="\(left)%" width="\(long)%" height="12" rx="2"/></svg></td>\
                <td class="number">\(number)</td></tr>

                """
        }

        /// A share in percent with one decimal and a point, as attributes want it.
        private func share(_ part: Int, _ whole: Int) -> String {
            let tenths = max(0, part) * 1_000 / whole
            return "\(tenths / 10).\(tenths % 10)"
        }
    }
}
