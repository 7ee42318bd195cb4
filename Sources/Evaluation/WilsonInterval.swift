extension ConfidenceInterval {
    /// The 95 % interval of a rate from counts (Wilson, JASA 22, 1927); nil without trials.
    ///
    /// Unlike the normal approximation it stays within 0...1 and is not empty at rates of 0 and 1.
    public static func wilson(successes: Int, trials: Int) -> ConfidenceInterval? {
        wilson(successes: successes, trials: trials, reach: 1.959963984540054)
    }

    /// The same for another certainty than 95 %, with the ends `reach` standard errors from the middle.
    static func wilson(successes: Int, trials: Int, reach z: Double) -> ConfidenceInterval? {
        guard trials > 0 else { return nil }
        let n = Double(trials)
        let rate = Double(successes) / n
        let scale = 1 + z * z / n
        let centre = (rate + z * z / (2 * n)) / scale
        let reach = z / scale * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
        return ConfidenceInterval(
            low: successes == 0 ? 0 : max(0, centre - reach),
            high: successes == trials ? 1 : min(1, centre + reach)
        )
    }
}
