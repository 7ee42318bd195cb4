public import Tabular

/// Tests whether a single feature gives the target away.
///
/// A feature that alone tells who left was most likely written down after the customer left, and a
/// model that learns it is worthless for those who haven't left yet.
public struct LeakTest: Equatable, Sendable {
    /// The least area under the ROC curve that is a leak.
    public var aucLimit: Double
    /// The share of rows below which disagreement with the target is a leak.
    public var disagreementLimit: Double

    /// Creates a test.
    public init(aucLimit: Double = 0.95, disagreementLimit: Double = 0.01) {
        self.aucLimit = aucLimit
        self.disagreementLimit = disagreementLimit
    }

    /// The features that leak, in the order of the table; columns with `leak: allowed` are passed over.
    ///
    /// - Parameters:
    ///   - table: Features as `SchemaDecoder` decodes them.
    ///   - labels: Truth per row. Shape [rowCount].
    ///   - schema: Says which columns may leak.
    /// - Returns: One finding per column that leaks.
    /// - Precondition: As many labels as rows.
    /// - Complexity: O(*nm* log *n*) for *n* rows and *m* columns.
    public func findings(in table: Table, labels: [Bool], schema: Schema) -> [LeakFinding] {
        precondition(labels.count == table.rowCount, "labels and rows differ in number")
        return zip(table.names, table.columns).compactMap { name, column in
            let meaning = schema.columns.first { $0.name == name }
            guard meaning?.leakAllowed != true else { return nil }
            var column = column
            // No and yes have an order, which levels have not.
            if case .truth = meaning?.type.coding { column = column.numbers }
            return finding(name: name, column: column, labels: labels)
                ?? DateLeak(meaning, column, labels: labels)?.finding
        }
    }

    private func finding(name: String, column: Column, labels: [Bool]) -> LeakFinding? {
        guard !labels.isEmpty, let strength = Strength(of: column, labels: labels) else {
            return nil
        }
        let disagreement = Double(strength.errors) / Double(labels.count)
        guard
            isLeak(auc: strength.auc, labels: labels)
                || isLeak(errors: strength.errors, labels: labels)
        else { return nil }
        return LeakFinding(column: name, auc: strength.auc, disagreement: disagreement)
    }

    /// Above the limit, and not by the chance that a handful of rows leaves.
    private func isLeak(auc: Double, labels: [Bool]) -> Bool {
        let positives = Double(labels.count { $0 })
        let negatives = Double(labels.count) - positives
        // Variance of the area of a feature that knows nothing (Mann and Whitney 1947).
        let variance = (positives + negatives + 1) / (12 * positives * negatives)
        return auc >= aucLimit && (auc - 0.5) * (auc - 0.5) >= 2.5 * 2.5 * variance
    }

    /// Below the limit, and far below what always naming the more frequent class gets wrong: where
    /// only 1 % leave, any column "agrees" with the target in 99 % of rows.
    private func isLeak(errors: Int, labels: [Bool]) -> Bool {
        let positives = labels.count { $0 }
        let rarer = min(positives, labels.count - positives)
        return rarer >= 5 && errors * 4 <= rarer
            && Double(errors) < disagreementLimit * Double(labels.count)
    }
}

/// How strongly one column tells the target.
private struct Strength {
    /// Area under the ROC curve of the better direction.
    var auc = 0.5
    /// Fewest rows wrong under a two-way mapping of the values.
    var errors: Int

    /// Up to this many distinct numbers are also judged as levels, where order may mean nothing.
    private static let fewNumbers = 50

    init?(of column: Column, labels: [Bool]) {
        let positives = labels.count { $0 }
        errors = min(positives, labels.count - positives)
        switch column {
        case .number(let values): take(numbers: values, labels: labels)
        case .level(let codes, let levels):
            // Unseen levels and nulls are levels of their own here: being empty may tell as much.
            take(
                LevelRates(
                    codes: codes.map { Int($0) + 2 },
                    levelCount: levels.count + 2,
                    labels: labels
                )
            )
        case .text: return nil
        }
    }

    private mutating func take(numbers: [Double], labels: [Bool]) {
        let isNull = numbers.contains(where: \.isNaN)
        // Nulls may mean the least or the most: both are tried.
        for place in isNull ? [-Double.infinity, .infinity] : [0] {
            let scores = isNull ? numbers.map { $0.isNaN ? place : $0 } : numbers
            let groups = OrderedGroups(scores: scores, labels: labels)
            take(auc: max(groups.auc, 1 - groups.auc), errors: groups.cutErrors)
            if groups.counts.count <= Self.fewNumbers {
                take(LevelRates(scores, labels: labels))
            }
        }
    }

    private mutating func take(_ rates: LevelRates) { take(auc: rates.auc, errors: rates.errors) }

    private mutating func take(auc: Double, errors: Int) {
        if auc > self.auc { self.auc = auc }
        self.errors = min(self.errors, errors)
    }
}

extension LevelRates {
    /// Takes each distinct number for a level.
    fileprivate init(_ values: [Double], labels: [Bool]) {
        var codes: [Double: Int] = [:]
        let coded = values.map { value -> Int in
            let next = codes.count
            return codes[value]
                ?? {
                    codes[value] = next
                    return next
                }()
        }
        self.init(codes: coded, levelCount: codes.count, labels: labels)
    }
}
