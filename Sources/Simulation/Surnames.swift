/// Invented surnames: three syllables from tables, some far more frequent than others.
enum Surnames {
    /// Number of different names.
    static let count = first.count * middle.count * last.count

    /// The place of a name, for `u` uniform in `[0, 1)`.
    ///
    /// The power makes early places frequent, so that 10,000 customers share about 2,900 names.
    static func index(_ u: Double) -> Int {
        Int(Double(count) * u * u.squareRoot())
    }

    /// Writes the name at a place.
    ///
    /// - Precondition: `0 <= index < count`.
    static func append(_ index: Int, to bytes: inout [UInt8]) {
        // Neighbouring places get unlike names; 1,009 shares no divisor with the count.
        let scattered = index * 1_009 % count
        bytes.append(contentsOf: first[scattered % first.count])
        bytes.append(contentsOf: middle[scattered / first.count % middle.count])
        bytes.append(contentsOf: last[scattered / (first.count * middle.count)])
    }

    private static let first = syllables(
        "Al Ber Car Dor El Fen Gar Hal Is Jor Kal Lin Mor Nor Os Per Ros Sal Tor Wil"
    )
    private static let middle = syllables("a be da e ga i la mo ne o")
    private static let last = syllables(
        "bach bert ck den din ford ghi lli man nez nson rd rini rov ssen tt"
    )

    private static func syllables(_ text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { Array($0) }
    }
}
