public import Output

/// A file whose header lacks columns, or has them twice.
public struct ColumnMismatch: RetainError, Equatable {
    /// Needed columns that the header lacks, in the order of the schema.
    public var missing: [String]
    /// Needed columns that the header has more than once.
    public var doubled: [String]
    /// The header.
    public var header: [String]

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line that names the first of such columns, and the header's nearest names.
    public var description: String {
        var parts: [String] = []
        if !missing.isEmpty {
            let names = missing.prefix(mostListed).map { name in
                quoted(name)
                    + (nearestName(to: name, in: header).map { " (did you mean \(quoted($0))?)" }
                        ?? "")
            }
            let noun = missing.count == 1 ? "the column" : "\(countText(missing.count)) columns:"
            parts.append(
                "the file lacks \(noun) \(names.joined(separator: ", "))\(more(than: missing.count));"
                    + " its columns are \(listed(header))"
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

extension Schema {
    /// Finds out whether a file has the column of weights that the schema names.
    ///
    /// - Parameter header: Names of the file's columns.
    /// - Throws: `ColumnMismatch` where it has not.
    public func checkWeight(in header: [String]) throws(ColumnMismatch) {
        guard let weight, !header.contains(weight) else { return }
        throw ColumnMismatch(missing: [weight], doubled: [], header: header)
    }
}
