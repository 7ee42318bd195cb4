import ArgumentParser
import Charts
import FoundationEssentials
import Lifecycle
import Reports
import Tracking

/// `retain models`: registered models and who is champion.
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and show registered models; move their champion through the gate.",
        discussion: """
            The champion is the version that is in use: models:/NAME@champion.

              retain models promote churn 3 --why "trained on October"
              retain models history churn
            """,
        subcommands: [
            ModelsList.self, ModelsShow.self, ModelsPromote.self, ModelsRollback.self,
            ModelsHistory.self, ModelsDiff.self, ModelsFetch.self,
        ]
    )
}

/// `retain models list`.
struct ModelsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the registered models.",
        discussion: "  retain models list --json"
    )

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let models = try await tracking.withStore { try await $0.registeredModels() }
        guard !asJSON.isOn else { return try say(json(models.map(ModelSummary.init))) }
        let rows = models.map { model in
            [
                model.name, model.aliases[AuditTrail.alias].map { "version \($0)" } ?? "none",
                model.otherAliases, model.description,
            ]
        }
        try say(
            TextTable(
                columns: [
                    ("Name", .left), ("Champion", .left), ("Other aliases", .left),
                    ("Description", .left),
                ],
                rows: rows
            ).text
        )
    }
}

/// `retain models show NAME`.
struct ModelsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a registered model and its versions.",
        discussion: "  retain models show churn"
    )

    @Argument(help: "The registered model.")
    var name: String

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let (model, versions) = try await tracking.withStore { store in
            guard let model = try await store.registeredModel(name) else {
                throw TrackingError(
                    .notFound,
                    at: store.address,
                    "there is no registered model \"\(name)\"; list what there is with"
                        + " `retain models list`"
                )
            }
            return (model, try await store.versions(of: name))
        }
        guard !asJSON.isOn else {
            return try say(json(ModelDetails(model, versions)))
        }
        let about = [model.description] + model.ownTags.map { "\($0.key): \($0.value)" }
        let lines = about.filter { !$0.isEmpty }.map { $0.printable + "\n" }.joined()
        try say(
            lines + (lines.isEmpty ? "" : "\n")
                + TextTable(
                    columns: [
                        ("Version", .right), ("Registered (UTC)", .left), ("Aliases", .left),
                        ("Run", .left), ("Description", .left),
                    ],
                    rows: versions.map { version in
                        [
                            "\(version.version)", utcTime(version.created),
                            version.aliases.joined(separator: ", "), version.runID,
                            version.description,
                        ]
                    }
                ).text
        )
    }
}

extension RegisteredModel {
    /// What people told about it, by key; not the events.
    fileprivate var ownTags: [(key: String, value: String)] {
        tags.filter { !$0.key.hasPrefix(AuditEvent.keyPrefix) }.sorted { $0.key < $1.key }
    }

    fileprivate var otherAliases: String {
        aliases.filter { $0.key != AuditTrail.alias }.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

/// A registered model as `--json` prints it.
private struct ModelSummary: Encodable {
    let name, description: String
    let tags: [String: String]
    let aliases: [String: Int]

    init(_ model: RegisteredModel) {
        name = model.name
        description = model.description
        tags = Dictionary(uniqueKeysWithValues: model.ownTags.map { ($0.key, $0.value) })
        aliases = model.aliases
    }
}

private struct ModelDetails: Encodable {
    let model: ModelSummary
    let versions: [Version]

    init(_ model: RegisteredModel, _ versions: [ModelVersion]) {
        self.model = ModelSummary(model)
        self.versions = versions.map(Version.init)
    }

    struct Version: Encodable {
        let version: Int
        let created: Int64
        let description, source, runID: String
        let tags: [String: String]
        let aliases: [String]

        init(_ version: ModelVersion) {
            self.version = version.version
            created = version.created
            description = version.description
            source = version.source
            runID = version.runID
            tags = version.tags
            aliases = version.aliases
        }
    }
}
