import Evaluation

/// The name of a run's metric, and what it tells.
struct MetricKey: Hashable, Comparable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// The metric of an evaluation on the test rows.
    private var evaluation: MetricName? {
        isFinal ? MetricName(rawValue: String(name.dropFirst(Self.final.count))) : nil
    }

    private static let final = "test_"

    /// Whether it judges the model when all is done.
    var isFinal: Bool { name.hasPrefix(Self.final) }

    /// Whether it tells about the machine.
    var isSystem: Bool { name.hasPrefix("system/") }

    /// The names of its interval's ends.
    var low: String { name + "_low" }
    var high: String { name + "_high" }

    /// Whether it is an end of another's interval.
    func isEnd(among names: (String) -> Bool) -> Bool {
        for suffix in ["_low", "_high"] where name.hasSuffix(suffix) {
            return names(String(name.dropLast(suffix.count)))
        }
        return false
    }

    /// Whether more is better; nil where the name does not tell.
    var higherIsBetter: Bool? {
        if let evaluation { return evaluation.higherIsBetter }
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        if words.contains(where: Self.costs.contains) { return false }
        if words.contains(where: Self.gains.contains) { return true }
        return nil
    }

    private static let costs: Set = [
        "loss", "logloss", "brier", "ece", "error", "mse", "rmse", "mae", "cost",
        "seconds",
    ]
    private static let gains: Set = [
        "accuracy", "acc", "auc", "f1", "precision", "recall", "specificity", "profit", "lift",
        "gain", "r2",
    ]

    /// What was measured, without the part of the data: `network_2/loss` of `network_2/val_loss`.
    var base: String {
        var parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = parts.last, last.hasPrefix("val_") else { return name }
        parts[parts.count - 1] = last.dropFirst(4)
        return parts.joined(separator: "/")
    }

    /// Final metrics first, the ones that judge a model best before the others; then by name, the parts of
    /// the data side by side.
    static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

    /// What a person asks first.
    static let headline = ["test_log_loss", "test_roc_auc", "test_accuracy", "test_profit"]

    private var rank: (Int, Int, String, String) {
        let others = evaluation.flatMap { MetricName.allCases.firstIndex(of: $0) }.map { $0 + 10 }
        let place =
            Self.headline.firstIndex(of: name) ?? others
            ?? ["loss", "accuracy"].firstIndex(of: base) ?? 99
        return (isFinal ? 0 : isSystem ? 2 : 1, place, base, name)
    }
}
