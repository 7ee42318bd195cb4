import Charts
import Output
import Tracking

/// A run's files as an indented tree.
struct ArtifactTree {
    private let artifacts: [ArtifactInfo]

    init(_ artifacts: [ArtifactInfo]) {
        // Sorted by the parts of the path, so that a folder's content follows it.
        self.artifacts =
            artifacts
            .map { (parts: $0.path.split(separator: "/"), artifact: $0) }
            .sorted { $0.parts.lexicographicallyPrecedes($1.parts) { $0 < $1 } }
            .map(\.artifact)
    }

    /// A line for each file and folder, folders ended by a slash, files by their size.
    var lines: [String] {
        artifacts.map { artifact in
            let parts = artifact.path.split(separator: "/")
            let name = String(parts.last ?? "").printable.clipped(to: 80)
            let indent = String(repeating: "  ", count: max(0, min(parts.count, 12) - 1))
            guard !artifact.isFolder else { return indent + name + "/" }
            return indent + name + (artifact.size.map { "  " + Self.size($0) } ?? "")
        }
    }

    /// `812 B`, `1.4 kB`, `23 MB`.
    static func size(_ bytes: Int64) -> String {
        var (amount, units) = (Double(bytes), ["B", "kB", "MB", "GB", "TB"][...])
        while amount >= 999.5, units.count > 1 {
            amount /= 1_000
            units = units.dropFirst()
        }
        let decimals = bytes >= 1_000 && amount < 9.95 ? 1 : 0
        return NumberFormat.fixed(decimals).text(amount) + " " + (units.first ?? "")
    }
}
