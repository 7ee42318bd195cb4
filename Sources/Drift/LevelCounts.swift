private import Tabular

/// How often each level of a category occurs in a sample.
public struct LevelCounts: Equatable, Sendable {
    /// Rows of each listed level, in the order of the schema.
    public let listed: [Int]
    /// Rows of levels that are not listed.
    public let unseen: Int
    /// Rows without a level.
    public let missing: Int

    /// Takes counts over.
    ///
    /// - Parameters:
    ///   - listed: Rows of each listed level.
    ///   - unseen: Rows of other levels.
    ///   - missing: Rows without a level.
    public init(listed: [Int], unseen: Int = 0, missing: Int = 0) {
        self.listed = listed
        self.unseen = unseen
        self.missing = missing
    }

    /// Counts a column of codes.
    ///
    /// - Parameters:
    ///   - codes: Shape [rows]: the place of the level from 0, or `LevelCode.null`; any other code is a level
    ///     that is not listed.
    ///   - levels: Number of listed levels.
    /// - Complexity: O(rows).
    public init(codes: [Int32], levels: Int) {
        var listed = [Int](repeating: 0, count: levels)
        var (unseen, missing) = (0, 0)
        for code in codes {
            if code == LevelCode.null {
                missing += 1
            } else if code >= 0, code < levels {
                listed[Int(code)] += 1
            } else {
                unseen += 1
            }
        }
        self.init(listed: listed, unseen: unseen, missing: missing)
    }

    /// The counts of both samples together.
    ///
    /// - Precondition: Both list the same levels.
    public func merging(_ other: LevelCounts) -> LevelCounts {
        precondition(listed.count == other.listed.count, "counts of different levels")
        return LevelCounts(
            listed: zip(listed, other.listed).map { $0 + $1 },
            unseen: unseen + other.unseen,
            missing: missing + other.missing
        )
    }

    /// All rows, those without a level too.
    public var rows: Int { listed.reduce(unseen + missing, +) }

    /// Rows of each listed level, then of all unseen ones as one level.
    ///
    /// Missing rows are left out: their rate is tested by itself.
    public var levels: [Int] { listed + [unseen] }
}
