/// A file whose header lacks columns, or has them twice.
public struct ColumnMismatch: Error, Equatable, Sendable, CustomStringConvertible {
    /// Needed columns that the header lacks, in the order of the schema.
    public var missing: [String]
    /// Needed columns that the header has more than once.
    public var doubled: [String]
    /// The header.
    public var header: [String]

    /// One line that names every such column and the header's nearest name.
    public var description: String {
        var parts: [String] = []
        if !missing.isEmpty {
            let names = missing.map { name in
                quoted(name)
                    + (nearestName(to: name, in: header).map { " (did you mean \(quoted($0))?)" }
                        ?? "")
            }
            let noun = missing.count == 1 ? "the column" : "\(missing.count) columns:"
            parts.append(
                "the file lacks \(noun) \(names.joined(separator: ", ")); its columns are \(listed(header))"
            )
        }
        if !doubled.isEmpty {
            parts.append(
                "the header names \(listed(doubled)) more than once; rename or remove the others"
            )
        }
        return parts.joined(separator: "; ")
    }
}
