import Evaluation
import Output

extension [Decile] {
    /// Whole numbers without decimals; one decimal for all where ties share positives in fractions.
    var positivesFormat: NumberFormat {
        .grouped(allSatisfy { $0.positives.rounded() == $0.positives } ? 0 : 1)
    }
}
