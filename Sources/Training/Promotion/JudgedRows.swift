import Charts

/// The rows of a file on which models may be judged: those that training has never seen.
struct JudgedRows: Equatable, Sendable {
    /// Their places, ascending.
    let rows: [Int]
    /// Which they are and why, for a person.
    let reason: String

    /// Chooses rows.
    ///
    /// A file is known again by its digest; a copy that differs in a byte counts as other customers.
    ///
    /// - Parameters:
    ///   - data: The file.
    ///   - challenger: How the challenger came to be.
    ///   - champion: The same of the champion; nil where there is none.
    /// - Complexity: O(rows).
    init(_ data: CustomerData, challenger: TrainingRecord, champion: TrainingRecord?) {
        let all = Array(data.labels.indices)
        let own = data.heldOutRows(of: challenger)
        let other = champion.flatMap { data.heldOutRows(of: $0) }
        func text(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }
        let file = "\(text(all.count)) rows of \(data.name)"
        switch (own, other) {
        case (nil, nil):
            rows = all
            reason =
                "all \(file), "
                + (champion == nil
                    ? "which it was not trained on" : "which neither was trained on")
        case (let held?, nil):
            rows = held
            reason = "the \(text(held.count)) of \(file) that the challenger's training held out"
        case (nil, let held?):
            rows = held
            reason = "the \(text(held.count)) of \(file) that the champion's training held out"
        case (let held?, let others?):
            let both = Set(others)
            rows = held.filter(both.contains)
            reason =
                held == others
                ? "the \(text(held.count)) of \(file) that the training of both held out"
                : "the \(text(rows.count)) of \(file) that the training of both held out"
                    + " (\(text(held.count)) by the challenger's, \(text(others.count)) by the champion's)"
        }
    }
}
