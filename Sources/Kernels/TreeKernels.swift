/// A sum of gradients and one of Hessians, in multiples of 2⁻³⁰: whole numbers add up to the same in any order.
public typealias GradientSum = SIMD2<Int64>

/// One column of binned rows: bytes in a row-aligned arena.
public struct BinColumn: Sendable {
    /// Place of the first row's bin in the arena.
    public let start: Int
    /// Bins of the column's rows are below it.
    public let bins: Int

    /// Creates a column.
    public init(start: Int, bins: Int) {
        self.start = start
        self.bins = bins
    }
}

/// Adds up the gradients of some rows by their bin in one column.
///
/// - Parameters:
///   - histogram: Receives the sums of the column's bins, at `offset ..< offset + column.bins`.
///   - offset: Where.
///   - arena: Bins of all columns.
///   - column: Which column.
///   - rows: The rows, in any order.
///   - gradients: Of these rows, in the same order, at the same places as `rows`.
///   - range: Which of `rows` and `gradients`.
/// - Complexity: O(rows + bins).
public func sumByBin(
    into histogram: inout [GradientSum],
    at offset: Int,
    arena: [UInt8],
    column: BinColumn,
    rows: [Int32],
    gradients: [GradientSum],
    range: Range<Int>
) {
    precondition(range.upperBound <= min(rows.count, gradients.count), "rows out of range")
    precondition(offset >= 0 && offset + column.bins <= histogram.count, "histogram too short")
    precondition(column.bins <= 256, "bins are bytes")
    let height = arena.count - column.start
    // A bin is a byte, so no arena can lead out of 256 sums. Two sets of them, since neighbouring rows of one bin would
    // wait for each other.
    unsafe withUnsafeTemporaryAllocation(of: GradientSum.self, capacity: 512) { sums in
        unsafe sums.initialize(repeating: .zero)
        unsafe arena.withUnsafeBufferPointer { arena in
            unsafe rows.withUnsafeBufferPointer { rows in
                unsafe gradients.withUnsafeBufferPointer { gradients in
                    for place in range {
                        let row = unsafe Int(rows[place])
                        precondition(row >= 0 && row < height, "row out of arena")
                        let bin = unsafe Int(arena[column.start &+ row])
                        unsafe sums[bin &+ (place & 1) &<< 8] &+= gradients[place]
                    }
                }
            }
        }
        for bin in 0 ..< column.bins {
            unsafe histogram[offset + bin] = sums[bin] &+ sums[256 + bin]
        }
    }
}

/// How a cut sends rows right.
public enum CutRule: Sendable {
    /// Right where the bin is above a border's.
    case above(UInt8)
    /// Right where the bin is a level's.
    case equals(UInt8)
}

/// Changes bits of each row's leaf where the row goes right.
///
/// - Parameters:
///   - leaves: Leaf of each of the rows, so far.
///   - parent: The leaf whose rows go; nil where those of all leaves do.
///   - change: The bits that are changed.
///   - arena: Bins of all columns.
///   - start: Place of the first row's bin.
///   - rule: Who goes right.
/// - Complexity: O(rows), 32 rows at a time.
public func descend(
    _ leaves: inout [UInt8],
    from parent: UInt8? = nil,
    change: UInt8,
    arena: [UInt8],
    start: Int,
    rule: CutRule
) {
    let count = leaves.count
    precondition(start >= 0 && start + count <= arena.count, "rows out of arena")
    // Of all leaves nothing is looked at. Masks are joined, so that nothing is branched on.
    let looked: UInt8 = parent == nil ? 0 : 0xff
    let own = parent ?? 0
    unsafe leaves.withUnsafeMutableBufferPointer { leaves in
        unsafe arena.withUnsafeBufferPointer { arena in
            guard let leaf = leaves.baseAddress, let first = arena.baseAddress else { return }
            let bins = unsafe first + start
            switch rule {
            case .above(let border):
                for row in 0 ..< count {
                    let goes: UInt8 = unsafe bins[row] > border ? change : 0
                    let isOwn: UInt8 = unsafe leaf[row] & looked == own ? 0xff : 0
                    unsafe leaf[row] ^= goes & isOwn
                }
            case .equals(let level):
                for row in 0 ..< count {
                    let goes: UInt8 = unsafe bins[row] == level ? change : 0
                    let isOwn: UInt8 = unsafe leaf[row] & looked == own ? 0xff : 0
                    unsafe leaf[row] ^= goes & isOwn
                }
            }
        }
    }
}

/// Adds to each row's margin the value of its leaf.
///
/// - Parameters:
///   - margins: Of the rows.
///   - offset: Place of the first row's margin.
///   - leaves: Leaf of each row.
///   - values: Of all leaves of all trees.
///   - first: Place of the tree's first leaf; it has as many as a byte can tell apart, or fewer where they end.
///   - count: The tree's leaves.
/// - Complexity: O(rows).
public func addLeafValues(
    to margins: inout [Double],
    at offset: Int,
    leaves: [UInt8],
    values: [Double],
    first: Int,
    count: Int
) {
    precondition(offset >= 0 && offset + leaves.count <= margins.count, "margins too short")
    precondition(first >= 0 && first + count <= values.count, "leaves out of values")
    precondition(count.nonzeroBitCount == 1 && count <= 256, "a tree has room for 2^k leaves")
    let mask = UInt8(count - 1)
    unsafe margins.withUnsafeMutableBufferPointer { margins in
        unsafe leaves.withUnsafeBufferPointer { leaves in
            unsafe values.withUnsafeBufferPointer { values in
                for row in 0 ..< leaves.count {
                    unsafe margins[offset + row] += values[first + Int(leaves[row] & mask)]
                }
            }
        }
    }
}

/// The gain of each cut of a column, added up over the leaves that are cut, in their order.
///
/// The second-order gain G²/(H + λ) of both sides (Chen and Guestrin, "XGBoost", KDD 2016), without the part that all
/// cuts share.
///
/// - Parameters:
///   - histogram: Sums by leaf and bin, shape [leaves, bins].
///   - offset: Place of the first leaf's sums in it.
///   - bins: Bins of the column.
///   - leaves: How many leaves.
///   - isLeveled: Whether a cut takes one bin out, rather than divide bins in their order.
///   - penalty: λ.
///   - gains: Receives the gain of each cut: `bins` of a leveled column, else `bins` − 1 and one that says nothing.
/// - Complexity: O(leaves · bins).
public func gainsOfCuts(
    _ histogram: [GradientSum],
    at offset: Int = 0,
    bins: Int,
    leaves: Int,
    isLeveled: Bool,
    penalty: Double,
    gains: inout [Double]
) {
    precondition(
        offset >= 0 && offset + leaves * bins <= histogram.count && bins <= gains.count,
        "histogram too short"
    )
    unsafe histogram.withUnsafeBufferPointer { histogram in
        unsafe gains.withUnsafeMutableBufferPointer { gains in
            for bin in 0 ..< bins { unsafe gains[bin] = 0 }
            for leaf in 0 ..< leaves {
                let start = offset + leaf * bins
                var all = GradientSum.zero
                for bin in start ..< start + bins { unsafe all &+= histogram[bin] }
                // Where a leaf has no row, no cut of it gains anything.
                if all == .zero { continue }
                var side = GradientSum.zero
                for bin in 0 ..< bins {
                    let own = unsafe histogram[start + bin]
                    side = isLeveled ? own : side &+ own
                    let other = all &- side
                    let one = SIMD2(Double(side.x), Double(other.x)) * 0x1p-30
                    let mass = SIMD2(Double(side.y), Double(other.y)) * 0x1p-30
                    let parts = one * one / (mass + penalty)
                    unsafe gains[bin] += parts.x + parts.y
                }
            }
        }
    }
}

/// Divides rows by a cut: those that go left first, each side in its old order.
///
/// - Parameters:
///   - rows: The rows.
///   - gradients: Of these rows, in the same order.
///   - range: Which of them are divided.
///   - arena: Bins of all columns.
///   - column: Which column is cut.
///   - rule: Who goes right.
/// - Returns: The place of the first row that went right.
/// - Complexity: O(rows).
public func divide(
    _ rows: inout [Int32],
    _ gradients: inout [GradientSum],
    range: Range<Int>,
    arena: [UInt8],
    column: BinColumn,
    rule: CutRule
) -> Int {
    precondition(range.upperBound <= min(rows.count, gradients.count), "rows out of range")
    let height = arena.count - column.start
    var middle = range.lowerBound
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: range.count) { rightRows in
        unsafe withUnsafeTemporaryAllocation(of: GradientSum.self, capacity: range.count) {
            rightSums in
            var right = 0
            unsafe rows.withUnsafeMutableBufferPointer { rows in
                unsafe gradients.withUnsafeMutableBufferPointer { gradients in
                    unsafe arena.withUnsafeBufferPointer { arena in
                        for place in range {
                            let row = unsafe rows[place]
                            precondition(row >= 0 && Int(row) < height, "row out of arena")
                            let sum = unsafe gradients[place]
                            let bin = unsafe arena[column.start &+ Int(row)]
                            let goesRight =
                                switch rule {
                                case .above(let border): bin > border
                                case .equals(let level): bin == level
                                }
                            // Both are written and one is kept, which takes less than to guess.
                            unsafe rows[middle] = row
                            unsafe gradients[middle] = sum
                            unsafe rightRows[right] = row
                            unsafe rightSums[right] = sum
                            right &+= goesRight ? 1 : 0
                            middle &+= goesRight ? 0 : 1
                        }
                        for place in 0 ..< right {
                            unsafe rows[middle + place] = rightRows[place]
                            unsafe gradients[middle + place] = rightSums[place]
                        }
                    }
                }
            }
        }
    }
    return middle
}
