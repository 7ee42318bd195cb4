public import Output

/// Why the champion can't be moved, other than that the gate said no.
public enum PromotionError: RetainError, Equatable {
    /// There is nothing to do.
    case alreadyChampion(name: String, version: Int)
    /// Someone else moved it meanwhile.
    case championMoved(name: String, from: Int?, to: Int?)
    /// There is no champion to return to.
    case noEarlierChampion(name: String, champion: Int?)
    /// The champion to return to was deleted.
    case versionGone(name: String, version: Int)

    /// The message alone says what it is.
    public var exitStatus: ExitStatus { .failed }

    /// One line: what, why, how to fix it.
    public var description: String {
        switch self {
        case .alreadyChampion(let name, let version):
            "version \(version) of \(name) is the champion already; name another version"
        case .championMoved(let name, let from, let to):
            "the champion of \(name) changed from \(Self.text(from)) to \(Self.text(to)) meanwhile;"
                + " nothing was moved: look at `retain models history \(name)` and run again"
        case .noEarlierChampion(let name, let champion):
            champion.map {
                "version \($0) of \(name) is its first champion; there is none to return to:"
                    + " promote another version"
            } ?? "\(name) never had a champion; promote a version"
        case .versionGone(let name, let version):
            "version \(version) of \(name), which was champion before, is deleted; promote another"
                + " version"
        }
    }

    private static func text(_ version: Int?) -> String {
        version.map { "version \($0)" } ?? "none"
    }
}

/// The gate said no.
public struct GateRefusal: RetainError, Equatable {
    /// What it found.
    public let report: GateReport

    /// Creates an error.
    public init(_ report: GateReport) {
        self.report = report
    }

    /// A check said no.
    public var exitStatus: ExitStatus { .refused }

    /// One line: what, why, how to go on.
    public var description: String {
        let names = report.refusals.map(\.title).joined(separator: ", ")
        return "\(report.challenger) was not promoted (\(names)); the champion stays"
            + (report.champion.map { " \($0)" } ?? " none") + ", and the refusal is recorded"
    }
}
