public import Output
private import Tabular

/// Which rows each fold of a cross-validation holds out.
public struct FoldPlan: Equatable, Sendable {
    /// The splits, in order.
    public let splits: [Split]

    /// Rows to train on and rows to judge on.
    public struct Split: Equatable, Sendable {
        /// `repeat0.3`, or the name of a column of a fold file.
        public let name: String
        /// Whether it is one of several folds that together hold out every row once.
        public let isFold: Bool
        /// Places of the rows held out, ascending.
        public let heldOut: [Int]
        /// Places of the other rows, ascending.
        public let kept: [Int]

        init(name: String, isFold: Bool, rows: Int, heldOut: [Int]) {
            self.name = name
            self.isFold = isFold
            self.heldOut = heldOut
            let held = Set(heldOut)
            kept = (0 ..< rows).filter { !held.contains($0) }
        }
    }

    /// Stratified folds drawn by the random seed.
    ///
    /// - Parameters:
    ///   - labels: Class of each row.
    ///   - folds: Parts that are held out in turn, at least 2.
    ///   - repeats: How often the rows are dealt anew.
    ///   - seed: Random seed of the dealing.
    public init(labels: [Bool], folds: Int, repeats: Int, seed: UInt64) {
        splits = (0 ..< repeats).flatMap { number in
            let dealt = StratifiedFolds(
                labels: labels,
                count: folds,
                seed: seed,
                purpose: 0x666f_6c64 ^ UInt64(number + 1) << 32
            )
            return (0 ..< folds).map { fold in
                Split(
                    name: "repeat\(number).\(fold)",
                    isFold: true,
                    rows: labels.count,
                    heldOut: dealt.heldOut(fold)
                )
            }
        }
    }

    /// Folds that a file defines, so that other programs can be compared on the same.
    ///
    /// The first column is the row's place in the data, from 0. Every other column is a repetition that
    /// names each row's fold, from 0; a column of 0 and 1 alone is one split that holds out its 1s.
    ///
    /// - Parameters:
    ///   - path: A CSV file.
    ///   - rows: Rows of the data.
    /// - Throws: `FoldFileError`, and what reading a CSV file throws.
    public init(file path: String, rows: Int) throws {
        var reader = try CSVReader(path)
        let names = reader.header
        let batches = try reader.readAll(threads: 1)
        var columns = names.map { _ in [Int](repeating: -1, count: rows) }
        for batch in batches {
            for record in 0 ..< batch.rowCount {
                let values = names.indices.map { Int(batch.text(row: record, column: $0)) ?? -1 }
                guard names.count > 1, values.allSatisfy({ (0 ..< 1_000_000_000).contains($0) }),
                    values[0] < rows
                else {
                    throw FoldFileError(
                        path: path,
                        problem:
                            "line \(batch.line(row: record)) is not a row's place below \(rows)"
                            + " and its folds, all whole numbers from 0"
                    )
                }
                for column in names.indices { columns[column][values[0]] = values[column] }
            }
        }
        if let missing = columns[0].firstIndex(of: -1) {
            throw FoldFileError(
                path: path,
                problem: "row \(missing) has no line; the data has \(rows)"
            )
        }
        splits = zip(names, columns).dropFirst().flatMap { name, folds -> [Split] in
            let count = (folds.max() ?? 0) + 1
            let numbers = count <= 2 ? [1] : Array(0 ..< count)
            return numbers.map { fold in
                Split(
                    name: count <= 2 ? name : "\(name).\(fold)",
                    isFold: count > 2,
                    rows: rows,
                    heldOut: folds.indices.filter { folds[$0] == fold }
                )
            }
        }
        if let empty = splits.first(where: { $0.heldOut.isEmpty || $0.kept.isEmpty }) {
            throw FoldFileError(path: path, problem: "\(empty.name) holds out no row, or every row")
        }
    }
}

/// Why a fold file can't be used.
public struct FoldFileError: RetainError, Equatable {
    /// The file.
    public let path: String
    /// What is wrong.
    public let problem: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line for a person.
    public var description: String { "\(path): \(problem); see `retain train --help`" }
}
