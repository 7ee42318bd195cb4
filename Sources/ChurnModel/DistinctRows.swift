import Schema

/// Which rows are alike in some of their columns.
struct DistinctRows {
    /// The first row of each kind, ascending.
    let first: [Int]
    /// The kind of each row: a place in `first`.
    let kinds: [Int]

    /// Finds rows that are alike bit by bit.
    ///
    /// - Parameters:
    ///   - rows: Any.
    ///   - columns: Which of their values count.
    /// - Complexity: O(rows · columns).
    init(_ rows: CodedRows, columns: [Int]) {
        let (count, width) = (rows.count, rows.width)
        // Of this many columns hardly two rows are alike, and looking takes longer than it spares.
        guard columns.count <= 64, count > 1 else {
            first = Array(0 ..< count)
            kinds = first
            return
        }
        var slots = 16
        while slots < 2 * count { slots *= 2 }
        var table = [Int32](repeating: -1, count: slots)
        var first: [Int] = []
        var kinds: [Int] = []
        kinds.reserveCapacity(count)
        let values = rows.values.span
        for row in 0 ..< count {
            var hash: UInt64 = 0
            for column in columns {
                hash = (hash ^ values[row * width + column].bitPattern) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
            }
            var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
            while table[slot] >= 0 {
                let other = first[Int(table[slot])]
                let isAlike = columns.allSatisfy {
                    values[row * width + $0].bitPattern == values[other * width + $0].bitPattern
                }
                if isAlike { break }
                slot = (slot + 1) & (slots - 1)
            }
            if table[slot] < 0 {
                table[slot] = Int32(first.count)
                first.append(row)
            }
            kinds.append(Int(table[slot]))
        }
        self.first = first
        self.kinds = kinds
    }

    /// One row of each kind.
    func rows(of rows: CodedRows) -> CodedRows {
        first.count == rows.count ? rows : rows.selecting(first)
    }
}
