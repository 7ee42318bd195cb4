public import Schema
public import Tabular

/// Some rows of a file, drawn at random in one pass and in constant memory: what the whole rows of two
/// files are compared by.
///
/// Each row has a key, which is a hash of its number, and those with the smallest keys are kept: a bottom-k
/// sample (Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007). So the sample depends on
/// nothing but the rows and their numbers, not on how a file was cut or in which order the parts were merged.
public struct RowSample: Equatable, Sendable {
    /// What the values of a row are: the features, in the order of the schema.
    public let columns: [SampledColumn]
    /// The most rows that are kept.
    public let capacity: Int
    private var keys: [UInt64] = []
    /// A row for each key.
    private var kept: CodedRows
    /// Rows with larger keys can't be among the smallest any more.
    private var limit = UInt64.max

    /// How many rows of a file are kept: 10,000, and fewer where a row is very wide, some 16 MB.
    public static func usualCapacity(columns: Int) -> Int {
        max(1_000, min(10_000, 2_000_000 / max(1, columns)))
    }

    /// A sample of no rows.
    ///
    /// - Parameters:
    ///   - schema: Which columns are features, and their levels.
    ///   - capacity: The most rows that are kept; nil takes the usual number.
    public init(_ schema: Schema, capacity: Int? = nil) {
        columns = schema.givenFeatures.map {
            SampledColumn(name: $0.name, hasLevels: $0.type.hasLevels)
        }
        kept = CodedRows(width: columns.count)
        self.capacity = capacity ?? Self.usualCapacity(columns: columns.count)
    }

    /// All of some rows, where they are not too many.
    ///
    /// - Parameters:
    ///   - schema: Which columns are features, and their levels.
    ///   - rows: The features of the schema; of more than the usual number some are kept.
    public init(_ schema: Schema, rows: CodedRows) {
        self.init(schema)
        keys = (0 ..< rows.count).map(Self.key)
        kept = rows
        keepSmallest()
    }

    /// Adds rows.
    ///
    /// - Parameters:
    ///   - table: Decoded by the schema: has each feature, of the schema's type.
    ///   - first: The number of its first row in the file, from 0.
    /// - Complexity: O(rows), and O(columns) for each row that is kept for now: some
    ///   `capacity` · (1 + ln(*n* / `capacity`)) of a file of *n*.
    public mutating func add(_ table: Table, first: Int) {
        var rows: [Int] = []
        for row in 0 ..< table.rowCount {
            let key = Self.key(first + row)
            guard key < limit else { continue }
            rows.append(row)
            keys.append(key)
        }
        kept.append(rows, of: table, columns: columns.map(\.name))
        if keys.count >= 2 * capacity { keepSmallest() }
    }

    /// Adds the rows of another part of the same file.
    ///
    /// - Precondition: Both are of one schema and one capacity, and no row is in both.
    public mutating func merge(_ other: RowSample) {
        precondition(
            columns == other.columns && capacity == other.capacity,
            "samples of different schemas"
        )
        keys += other.keys
        kept.append(contentsOf: other.kept)
        keepSmallest()
    }

    /// How many rows are kept.
    public var count: Int { min(keys.count, capacity) }

    /// The rows that are kept, in the order of their keys, which is random.
    public var rows: CodedRows {
        var sample = self
        sample.keepSmallest()
        return sample.kept
    }

    /// Whether both keep the same rows, bit for bit.
    public static func == (one: Self, other: Self) -> Bool {
        one.columns == other.columns && one.capacity == other.capacity && one.rows == other.rows
    }

    private mutating func keepSmallest() {
        let order = keys.indices.sorted { keys[$0] < keys[$1] }.prefix(capacity)
        kept = kept.selecting(order)
        keys = order.map { keys[$0] }
        if keys.count == capacity, let last = keys.last { limit = last }
    }

    /// A number that looks random and is different for each row: the finaliser of SplitMix64 (Steele, Lea and
    /// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), which maps one to one.
    private static func key(_ row: Int) -> UInt64 {
        var z = UInt64(row + 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A column of sampled rows.
public struct SampledColumn: Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// Whether values are codes.
    public let hasLevels: Bool
}
