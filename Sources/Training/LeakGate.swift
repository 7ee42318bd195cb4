public import Schema
public import Tabular

/// Stops training where a feature gives the target away.
public struct LeakGate: Error, Equatable, Sendable, CustomStringConvertible {
    /// The features that leak, in the order of the file.
    public let findings: [LeakFinding]

    /// Passes where no feature leaks, except those that `retain.yaml` allows to.
    ///
    /// - Parameters:
    ///   - table: All rows.
    ///   - labels: Truth per row.
    ///   - schema: What the columns mean.
    /// - Throws: The gate itself, with what was found.
    public static func check(_ table: Table, labels: [Bool], schema: Schema) throws(LeakGate) {
        let allowed = Set(schema.features.filter(\.leakAllowed).map(\.name))
        let findings = LeakTest().findings(in: table, labels: labels, schema: schema)
            .filter { !allowed.contains($0.column) }
        guard findings.isEmpty else { throw LeakGate(findings: findings) }
    }

    /// One line a finding: which column, how strong, how to exclude or allow it.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
