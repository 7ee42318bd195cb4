import Subprocess

/// The state of the repository in which a run was started, under MLflow's tags.
public enum SourceControl {
    /// Commit, branch, address and whether files were changed; empty outside a repository or without git.
    ///
    /// - Complexity: git looks at every file of the repository.
    public static func tags() async -> [String: String] {
        async let commit = answer(["rev-parse", "HEAD"])
        async let branch = answer(["rev-parse", "--abbrev-ref", "HEAD"])
        async let address = answer(["config", "--get", "remote.origin.url"])
        async let changes = answer(["status", "--porcelain", "--untracked-files=no"])
        guard let commit = await commit, !commit.isEmpty else { return [:] }
        var tags = ["mlflow.source.git.commit": commit]
        if let branch = await branch, branch != "HEAD" { tags["mlflow.source.git.branch"] = branch }
        if let address = await address, !address.isEmpty {
            tags["mlflow.source.git.repoURL"] = Secrets.masked(address)
        }
        if let changes = await changes {
            tags["mlflow.source.git.dirty"] = changes.isEmpty ? "False" : "True"
        }
        return tags
    }

    /// What git says; nil where it says no.
    private static func answer(_ arguments: [String]) async -> String? {
        let result = try? await run(
            .name("git"),
            arguments: Arguments(arguments),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput.split(separator: "\n").joined(separator: "\n")
    }
}
