public import Output
public import Tracking

/// A champion that the gate has never let through: the alias was moved by other means than Retain.
public struct UngatedChampion: RetainError, Equatable {
    /// The registered model.
    public let name: String
    /// The version that the alias points to.
    public let version: Int

    /// Names a version.
    public init(name: String, version: Int) {
        self.name = name
        self.version = version
    }

    /// A check said no.
    public var exitStatus: ExitStatus { .refused }

    /// One line: what, why, how to go on.
    public var description: String {
        "version \(version) of \(name) is champion without having passed the gate: its alias was moved by other means"
            + " than Retain; settle it with `retain models promote \(name) \(version)` or `retain models rollback"
            + " \(name)`, or serve it all the same with --ungated"
    }
}

extension ModelRegistry {
    /// Makes sure that the gate has let a version through that is champion now.
    ///
    /// Once is enough: whoever calls an earlier champion back, by whatever means, gets one that was judged. Events are
    /// written before the alias moves, so no promotion is seen too early. Other aliases have no gate.
    ///
    /// - Parameters:
    ///   - version: What the alias points to.
    ///   - alias: The alias.
    /// - Throws: `UngatedChampion`; `TrackingError`.
    public func checkGate(_ version: ModelVersion, under alias: String) async throws {
        guard alias == AuditTrail.alias, let model = try await registeredModel(version.name) else {
            return
        }
        let hasPassed = AuditTrail(model).entries.contains {
            $0.event.action == .promote && $0.event.version == version.version
        }
        guard hasPassed else {
            throw UngatedChampion(name: version.name, version: version.version)
        }
    }
}
