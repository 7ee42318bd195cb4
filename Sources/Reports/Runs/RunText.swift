import Charts
import Tracking

/// A run for a terminal: how it went, from what, with which settings and what came of it.
public struct RunText: Sendable {
    private let details: RunDetails
    private let now: Int64
    private var run: Run { details.run }

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - details: What is known of the run.
    ///   - now: Milliseconds since 1970.
    public init(_ details: RunDetails, now: Int64) {
        self.details = details
        self.now = now
    }

    /// The groups that are not empty, an empty line between two.
    public var text: String {
        let params = run.params.map { ($0.key, $0.value) }
        let groups = [
            Self.group("Run", general),
            Self.group("Code", code),
            Self.group("Data", run.inputs.map { ($0.name, Self.line($0)) }),
            Self.group("Parameters", Self.sorted(params.filter { !ParamKey($0.0).isAutologged })),
            Self.group(
                "Parameters in the words of Keras",
                Self.sorted(params.filter { ParamKey($0.0).isAutologged })
            ),
            Self.group("Metrics", metrics { $0.isFinal }),
            Self.group("Last values of curves", metrics { !$0.isFinal && !$0.isSystem }),
            Self.group("Machine", metrics { $0.isSystem }),
            Self.group("Models", models),
            tree,
            Self.group("Tags", Self.sorted(run.tags.filter { isPlain($0.key) }.map { ($0, $1) })),
        ]
        return groups.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var general: [(String, String)] {
        let info = run.info
        var facts = [
            ("name", info.name), ("id", info.id),
            ("experiment", "\(details.experiment) (\(info.experimentID))"),
            ("status", info.status.rawValue.lowercased()),
            ("started", "\(RunTime.moment(info.start)), \(RunTime.ago(info.start, now: now))"),
            ("took", RunTime.duration(from: info.start, to: info.end, now: now)),
            ("by", info.user), ("command", run.tags["retain.command"] ?? ""),
            ("from", run.tags["mlflow.source.name"] ?? ""),
            ("error", run.tags["retain.error"] ?? ""),
            ("part of", run.tags[Run.parentTag] ?? ""),
        ]
        if details.children > 0 { facts.append(("child runs", "\(details.children)")) }
        // The note is a page of Markdown, a model card for example; its first line names it.
        let note = (run.tags["mlflow.note.content"] ?? "").split(whereSeparator: \.isNewline)
        facts.append(("note", note.first.map { String($0.drop { $0 == "#" || $0 == " " }) } ?? ""))
        facts.append(("artifacts", info.artifactURI))
        return facts
    }

    private var code: [(String, String)] {
        let isChanged = run.tags["mlflow.source.git.dirty"]?.lowercased() == "true"
        return [
            ("commit", run.tags["mlflow.source.git.commit"] ?? ""),
            ("branch", run.tags["mlflow.source.git.branch"] ?? ""),
            ("repository", run.tags["mlflow.source.git.repoURL"] ?? ""),
            ("retain", run.tags["retain.version"] ?? ""),
            ("changed", isChanged ? "yes: files differed from the commit" : ""),
        ]
    }

    private static func line(_ input: DatasetInput) -> String {
        let counts = input.counts.map { name, count in
            "\(name) \(MetricText.text(count))"
        }
        let purpose = input.context.isEmpty ? [] : ["for \(input.context)"]
        return (purpose + ["digest \(input.digest)"] + counts).joined(separator: ", ")
    }

    private func metrics(_ isShown: (MetricKey) -> Bool) -> [(String, String)] {
        run.metrics.keys.map { MetricKey($0) }
            .filter { key in isShown(key) && !key.isEnd { run.metrics[$0] != nil } }
            .sorted()
            .compactMap { key in
                run.metrics[key.name].map { metric in
                    let value = MetricText.text(
                        metric.value,
                        low: run.metrics[key.low]?.value,
                        high: run.metrics[key.high]?.value
                    )
                    return (key.name, value + (metric.step > 0 ? " at step \(metric.step)" : ""))
                }
            }
    }

    private var models: [(String, String)] {
        details.models.map { ("logged", ([$0.address] + $0.flavors).joined(separator: ", ")) }
            + details.versions.map { version in
                let aliases = version.aliases.map { "@" + $0 }.joined(separator: " ")
                let name = "\(ModelAddress.version(version.version, of: version.name))"
                return ("registered", aliases.isEmpty ? name : "\(name) \(aliases)")
            }
    }

    private var tree: String {
        guard !details.artifacts.isEmpty else { return "" }
        let lines = ArtifactTree(details.artifacts).lines.map { "  \($0)\n" }.joined()
        return "Artifacts\n\(lines)" + (details.hasMoreArtifacts ? "  and more\n" : "")
    }

    /// Whether no other group has it.
    private func isPlain(_ tag: String) -> Bool {
        let told = [
            RunDetails.modelTag, Run.parentTag, "mlflow.source.name", "mlflow.note.content",
            "mlflow.user", "mlflow.runName", "mlflow.source.type", "retain.command", "retain.error",
            "retain.version",
        ]
        return !told.contains(tag) && !tag.hasPrefix("mlflow.source.git.")
    }

    private static func sorted(_ facts: [(String, String)]) -> [(String, String)] {
        facts.sorted { $0.0 < $1.0 }
    }

    /// Names and values in two columns; what is empty is left out.
    private static func group(_ title: String, _ facts: [(String, String)]) -> String {
        let facts = facts.filter { !$0.1.isEmpty }.map {
            ($0.printable.clipped(to: 40), $1.printable.clipped(to: 200))
        }
        guard !facts.isEmpty else { return "" }
        let width = facts.map(\.0.count).max() ?? 0
        return title + "\n"
            + facts.map { name, value in
                "  \(name)\(String(repeating: " ", count: width - name.count))  \(value)\n"
            }.joined()
    }
}
