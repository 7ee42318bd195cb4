import ArgumentParser
import ChurnModel
import Kernels
import Output

/// The command: `retain VERB`.
@main
struct Retain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retain",
        abstract:
            "Finds the customers who are about to leave: trains, judges, serves and watches the model.",
        discussion: """
            Start with `retain demo`, or on your own file (one row per customer, one yes/no column):

              retain init customers.csv --target Churned -o retain.yaml
              retain train customers.csv --output model
              retain score model new-customers.csv -o scores.csv

            Data goes to standard output, everything else to standard error; `-` is standard input or \
            output.

            Exit codes:

            \(exitCodes)
            """,
        version: RetainVersion.current,
        subcommands: [
            Init.self, Check.self, Train.self, Tune.self, Evaluate.self, Score.self, Explain.self,
            Export.self, Import.self, Serve.self, Key.self, Outcomes.self, DriftCommand.self,
            Performance.self,
            Retrain.self, Health.self,
            CampaignCommand.self, Runs.self, Models.self, Sync.self, Simulate.self, Demo.self,
        ]
    )

    static func main() async {
        guard Processor.canRunKernels else {
            complain(
                "this processor has no AVX2 and FMA instructions, which Retain needs on x86-64; "
                    + "run it on a machine from 2015 or later, or on arm64"
            )
            exit(withError: ExitCode(ExitStatus.failed.rawValue))
        }
        do {
            var command = try parseAsRoot()
            // The service ends in an order of its own.
            if !(command is Serve) { Interruption.shared.listen() }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// One line a code, from which `make reference` makes README's table.
    private static var exitCodes: String {
        ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
    }

    /// Ends the process: help and usage as the argument parser has them, everything else as one message.
    private static func leave(with error: any Error) -> Never {
        if let error = error as? ValidationError {
            // From a running command, which alone could tell; the parser's own come wrapped.
            complain(error.message)
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
        if error is ExitCode || error is CleanExit || exitCode(for: error) != .failure {
            exit(withError: error)
        }
        complain("\(error)")
        exit(withError: ExitCode(ExitStatus(error).rawValue))
    }
}
