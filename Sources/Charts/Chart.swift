import Output
public import Texts

/// Numbers that can be drawn.
public protocol Chart: Sendable {
    /// What the chart shows, in a few words.
    var title: String { get }
    /// What there is to see, for those who can't: one sentence with the numbers that matter.
    var summary: String { get }
    /// Draws the chart as an SVG element.
    ///
    /// - Parameters:
    ///   - id: A name for it that is unique on its page.
    ///   - styled: Whether it brings its own style sheet, to stand alone as a file; on a page,
    ///     ``ChartStyle/css`` is there once for all charts.
    /// - Returns: The element, well-formed as XML.
    func svg(id: String, styled: Bool) -> String
}

/// A point in data coordinates.
public struct PlotPoint: Sendable, Equatable {
    /// Along the horizontal axis.
    public var x: Double
    /// Along the vertical axis.
    public var y: Double

    /// Creates a point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// What a colour stands for; the same in every chart.
public enum Tone: String, Sendable {
    /// The model.
    case model
    /// Those who leave, or what goes wrong.
    case leave
    /// Those who stay, or what serves for comparison.
    case muted
}

/// One axis of a chart.
public struct Axis: Sendable, Equatable {
    /// What is measured, with its unit.
    public var label: String
    /// Whether values are fractions to be written as percentages.
    public var isPercentage: Bool
    /// From where to where; nil fits the data.
    public var range: ClosedRange<Double>?
    /// In whose form the numbers along it stand.
    public var language: Language

    /// Creates an axis.
    public init(
        _ label: String,
        isPercentage: Bool = false,
        range: ClosedRange<Double>? = nil,
        language: Language = .english
    ) {
        self.label = label
        self.isPercentage = isPercentage
        self.range = range
        self.language = language
    }

    /// The fraction of a whole, written in percent.
    public static func fraction(_ label: String, language: Language = .english) -> Axis {
        Axis(label, isPercentage: true, range: 0 ... 1, language: language)
    }

    func ticks(fitting values: [Double], count: Int = 5) -> Ticks {
        if let range { return Ticks(covering: range, count: count) }
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        return Ticks(covering: low <= high ? low ... high : 0 ... 1, count: count)
    }

    /// A number along it, as it stands there.
    func text(_ value: Double, _ ticks: Ticks) -> String {
        let format = format(ticks)
        return text(value, format)
    }

    /// A number that is measured along it, as it stands beside what is drawn.
    func text(_ value: Double, _ format: NumberFormat) -> String {
        Frame.typeset(language.form(format).text(value))
    }

    func format(_ ticks: Ticks) -> NumberFormat {
        isPercentage ? .percent(max(0, ticks.decimals - 2)) : .grouped(ticks.decimals)
    }
}
