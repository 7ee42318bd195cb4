import ArgumentParser
import ChurnModel
import Kernels

/// The command: `retain VERB`.
@main
struct Retain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retain",
        abstract:
            "Finds the customers who are about to leave, says why, and says whom to call first.",
        discussion: """
            Start with `retain demo`, or on your own file (one row per customer, one yes/no column):

              retain init customers.csv --target Churned -o retain.yaml
              retain train customers.csv --output model
              retain score model new-customers.csv -o scores.csv

            Data goes to standard output, everything else to standard error; `-` is standard input or \
            output. Exit codes: 0 done, 1 failed, 3 a gate said no, 64 wrong usage, 65 bad data, \
            69 a server can't be reached, 73 output can't be written, 130 interrupted.
            """,
        version: RetainVersion.current,
        subcommands: [
            Init.self, Check.self, Train.self, Tune.self, Evaluate.self, Score.self, Export.self,
            Serve.self, Key.self, DriftCommand.self, Retrain.self, Health.self,
            Runs.self, Models.self, Sync.self, Simulate.self, Demo.self,
        ]
    )

    static func main() async {
        guard Processor.canRunKernels else {
            complain(
                "this processor has no AVX2 and FMA instructions, which Retain needs on x86-64; "
                    + "run it on a machine from 2015 or later, or on arm64"
            )
            exit(withError: ExitCode(1))
        }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }
}
