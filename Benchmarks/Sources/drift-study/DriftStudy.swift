import ArgumentParser

/// `drift-study`: how often drift is called where there is none, and found where there is, by
/// simulation.
@main
struct DriftStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift-study",
        abstract: "Measure false alarms and power of the drift tests by simulation.",
        subcommands: [BatchStudy.self, LiveStudy.self, LiveDelayStudy.self]
    )
}
