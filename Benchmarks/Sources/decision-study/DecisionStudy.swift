import ArgumentParser

/// `decision-study`: what the judgements of campaigns are worth, by simulated companies whose truth is known.
@main
struct DecisionStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision-study",
        abstract:
            "Measure errors, coverage and power of the judgements of campaigns by simulation.",
        subcommands: [LooksStudy.self, PowerStudy.self, CoverageStudy.self]
    )
}
