public import Output
public import Schema
public import Tabular

/// Stops training where a feature gives the target away.
public enum LeakGate {
    /// Passes where no feature leaks, except those that `retain.yaml` allows to.
    ///
    /// - Parameters:
    ///   - table: All rows.
    ///   - labels: Truth per row.
    ///   - schema: What the columns mean.
    /// - Throws: `LeaksFound`.
    public static func check(_ table: Table, labels: [Bool], schema: Schema) throws(LeaksFound) {
        let allowed = Set(schema.features.filter(\.leakAllowed).map(\.name))
        let findings = LeakTest().findings(in: table, labels: labels, schema: schema)
            .filter { !allowed.contains($0.column) }
        guard findings.isEmpty else { throw LeaksFound(findings: findings) }
    }
}

/// Features give the target away.
public struct LeaksFound: RetainError, Equatable {
    /// Which, in the order of the file.
    public let findings: [LeakFinding]

    /// A check said no.
    public var exitStatus: ExitStatus { .refused }

    /// One line a finding, of the first: which column, how strong, how to exclude or allow it.
    public var description: String {
        let others = findings.count - Self.mostLines
        return
            (findings.prefix(Self.mostLines).map(\.description)
            + (others > 0 ? ["… and \(countText(others)) columns more"] : []))
            .joined(separator: "\n")
    }

    private static let mostLines = 20
}
