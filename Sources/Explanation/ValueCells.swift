import Kernels
package import Schema

/// What values a column has, in cells of enough customers that none is told apart.
package struct ValueCells: Equatable {
    /// The value that stands for each cell: a number's lower median, a code.
    package private(set) var values: [Double] = []
    /// Customers in each cell.
    package private(set) var counts: [Int] = []

    /// Customers in a cell, at least.
    static let fewest = 20
    /// Cells of a number, at most, beside that of empty fields.
    static let most = 10

    /// Divides a column.
    ///
    /// A level, or an empty field, that fewer than 20 customers have is no cell. Where no cell has as many, all
    /// customers are one.
    ///
    /// - Parameters:
    ///   - rows: Customers.
    ///   - column: Which of their values.
    ///   - isNumber: Whether the values have an order; else they are codes.
    /// - Complexity: O(*n* log *n*).
    package init(_ rows: CodedRows, column: Int, isNumber: Bool) {
        let values = (0 ..< rows.count).map { rows[row: $0, column: column] }
        let filled = values.filter { !$0.isNaN }.sorted()
        if isNumber {
            addNumbers(filled)
        } else {
            for group in filled.chunked where group.count >= Self.fewest {
                add(group[group.startIndex], group.count)
            }
        }
        if values.count - filled.count >= Self.fewest { add(.nan, values.count - filled.count) }
        guard self.values.isEmpty else { return }
        // So few customers that the most frequent value, or the middle one, stands for all.
        let largest = filled.chunked.max { $0.count < $1.count }
        add(isNumber ? filled.middle : largest?.first ?? .nan, rows.count)
    }

    private mutating func add(_ value: Double, _ count: Int) {
        values.append(value)
        counts.append(count)
    }

    private mutating func addNumbers(_ sorted: [Double]) {
        let enough = max(Self.fewest, (sorted.count + Self.most - 1) / Self.most)
        let groups = sorted.chunked
        // Few different numbers are told apart as levels are.
        let isFew = groups.count <= Self.most
        var start = 0
        var end = 0
        func close(at place: Int) -> ArraySlice<Double> { sorted[start ..< place] }
        var cells: [ArraySlice<Double>] = []
        for group in groups {
            // A number that many customers have is a cell of its own.
            if group.count >= (isFew ? Self.fewest : enough), end - start >= Self.fewest {
                cells.append(close(at: end))
                start = end
            }
            end = group.endIndex
            if end - start >= (isFew ? Self.fewest : enough) {
                cells.append(close(at: end))
                start = end
            }
        }
        if start < end {
            // What is left of the greatest numbers belongs to the cell before.
            if end - start >= Self.fewest || cells.isEmpty {
                cells.append(close(at: end))
            } else {
                cells[cells.count - 1] = sorted[cells[cells.count - 1].startIndex ..< end]
            }
        }
        for cell in cells where cell.count >= Self.fewest { add(cell.middle, cell.count) }
    }

    /// A cell's value, as often as customers are in it.
    func draw(_ generator: inout SeededGenerator) -> Double {
        var place = generator.below(counts.reduce(0, +))
        for (value, count) in zip(values, counts) {
            if place < count { return value }
            place -= count
        }
        preconditionFailure("a place below all is in a cell")
    }
}

extension RandomAccessCollection where Element == Double, Index == Int {
    /// Runs of equal numbers, which are sorted.
    fileprivate var chunked: [SubSequence] {
        var runs: [SubSequence] = []
        var start = startIndex
        for place in indices.dropFirst() where self[place] != self[start] {
            runs.append(self[start ..< place])
            start = place
        }
        if start < endIndex { runs.append(self[start ..< endIndex]) }
        return runs
    }

    /// The lower median of sorted numbers; NaN of none.
    fileprivate var middle: Double {
        isEmpty ? .nan : self[startIndex + (count - 1) / 2]
    }
}
