import Evaluation

/// So many of so many, as a table shows them.
struct Share: CustomStringConvertible {
    let hits: Int
    let count: Int

    init(_ hits: Int, of count: Int) {
        self.hits = hits
        self.count = count
    }

    /// Counts those for which something holds.
    init<Element>(of elements: [Element], where holds: (Element) -> Bool) {
        self.init(elements.count(where: holds), of: elements.count)
    }

    var description: String { Self.percent(Double(hits) / Double(count)) }

    /// Wilson's, 95 %.
    var interval: String {
        guard let interval = ConfidenceInterval.wilson(successes: hits, trials: count) else {
            return ""
        }
        return "\(Self.percent(interval.low)) to \(Self.percent(interval.high))"
    }

    private static func percent(_ share: Double) -> String {
        "\((share * 1_000).rounded() / 10) %"
    }
}

extension Int {
    /// With a comma between thousands.
    var grouped: String {
        var (text, rest) = ("", self)
        while rest >= 1_000 {
            let part = "\(rest % 1_000)"
            text = "," + String(repeating: "0", count: 3 - part.count) + part + text
            rest /= 1_000
        }
        return "\(rest)" + text
    }
}
