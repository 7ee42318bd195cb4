import Output
public import Texts

/// The four ways in which a prediction and the truth can meet, with counts and shares of the truth.
public struct ConfusionChart: Chart {
    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// Left and predicted to leave.
    public var truePositives: Int
    /// Stayed and predicted to leave.
    public var falsePositives: Int
    /// Left and predicted to stay.
    public var falseNegatives: Int
    /// Stayed and predicted to stay.
    public var trueNegatives: Int
    /// Of the words in it.
    public var language: Language

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        truePositives: Int,
        falsePositives: Int,
        falseNegatives: Int,
        trueNegatives: Int,
        language: Language = .english
    ) {
        self.title = title
        self.summary = summary
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
        self.language = language
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        var canvas = Canvas(height: 276)
        let leave = language("predicted to leave", "previsão: sai")
        let stay = language("predicted to stay", "previsão: fica")
        canvas.text(leave, x: 154, y: 34, "strong", anchor: .middle)
        canvas.text(stay, x: 306, y: 34, "strong", anchor: .middle)
        let rows = [
            (language("left", "saiu"), truePositives, falseNegatives),
            (language("stayed", "ficou"), falsePositives, trueNegatives),
        ]
        for (index, row) in rows.enumerated() {
            let y = 46 + Double(index) * 108
            let isLeft = index == 0
            let total = Double(row.1) + Double(row.2)
            let whole =
                isLeft
                ? language("of leavers", "dos que saíram")
                : language("of stayers", "dos que ficaram")
            canvas.text(language("really", "de fato"), x: 68, y: y + 46, "label", anchor: .end)
            canvas.text(row.0, x: 68, y: y + 61, "strong", anchor: .end)
            cell(row.1, of: total, whole, x: 80, y: y, isRight: isLeft, on: &canvas)
            cell(row.2, of: total, whole, x: 232, y: y, isRight: !isLeft, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func cell(
        _ count: Int,
        of total: Double,
        _ whole: String,
        x: Double,
        y: Double,
        isRight: Bool,
        on canvas: inout Canvas
    ) {
        let share = total > 0 ? Double(count) / total : 0
        // Never so dark that the number on it can't be read.
        canvas.rectangle(
            x: x,
            y: y,
            width: 148,
            height: 104,
            isRight ? "fill model" : "fill leave",
            opacity: 0.05 + 0.33 * share,
            rounded: 4
        )
        canvas.text(
            language.form(.grouped(0)).text(count),
            x: x + 74,
            y: y + 54,
            "big",
            anchor: .middle
        )
        let shareText =
            total > 0
            ? "\(language.form(.percent(1)).text(share)) \(whole)"
            : language("no data", "sem dados")
        canvas.text(shareText, x: x + 74, y: y + 75, "label", anchor: .middle)
    }
}
