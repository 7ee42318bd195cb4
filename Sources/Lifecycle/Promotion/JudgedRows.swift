import Output
import Training

/// The rows of a file on which models may be judged: those that training has never seen.
struct JudgedRows: Equatable, Sendable {
    /// Their places, ascending.
    let rows: [Int]
    /// Which they are and why, for a person.
    let reason: String

    /// Chooses rows.
    ///
    /// A file is recognised by its digest; a copy that differs in a byte counts as other customers.
    ///
    /// - Parameters:
    ///   - data: The file.
    ///   - challenger: How the challenger came to be.
    ///   - champion: The same of the champion; nil where there is none.
    ///   - leftOut: Rows by which nobody may be judged.
    /// - Complexity: O(rows).
    init(
        _ data: CustomerData,
        challenger: TrainingRecord,
        champion: TrainingRecord?,
        leavingOut leftOut: Set<Int> = []
    ) {
        let (rows, reason) = Self.unseen(data, challenger, champion)
        self.rows = leftOut.isEmpty ? rows : rows.filter { !leftOut.contains($0) }
        let count = rows.count - self.rows.count
        self.reason =
            count == 0
            ? reason : reason + ", less \(NumberFormat.grouped(0).text(count)) treated customers"
    }

    /// The rows that training has never seen, and why.
    private static func unseen(
        _ data: CustomerData,
        _ challenger: TrainingRecord,
        _ champion: TrainingRecord?
    ) -> (rows: [Int], reason: String) {
        let all = Array(data.labels.indices)
        let own = data.heldOutRows(of: challenger)
        let other = champion.flatMap { data.heldOutRows(of: $0) }
        func text(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }
        let file = "\(text(all.count)) rows of \(data.name)"
        switch (own, other) {
        case (nil, nil):
            let who = champion == nil ? "it was not trained on" : "neither was trained on"
            return (all, "all \(file), which \(who)")
        case (let held?, nil):
            return (
                held, "the \(text(held.count)) of \(file) that the challenger's training held out"
            )
        case (nil, let held?):
            return (
                held, "the \(text(held.count)) of \(file) that the champion's training held out"
            )
        case (let held?, let others?):
            let both = Set(others)
            let rows = held.filter(both.contains)
            return (
                rows,
                "the \(text(rows.count)) of \(file) that the training of both held out"
                    + (held == others
                        ? ""
                        : " (\(text(held.count)) by the challenger's, \(text(others.count)) by the"
                            + " champion's)")
            )
        }
    }
}
