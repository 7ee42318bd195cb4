import TestSupport
import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        ("init", "retain init customers.csv --target Exited -o retain.yaml"),
        ("check", "retain check customers.csv --schema retain.yaml"),
        ("train", "retain train customers.csv --output model --html report.html"),
        ("evaluate", "retain evaluate model customers.csv --html report.html"),
        ("score", "retain score model new-customers.csv -o scores.csv --rejects rejects.csv"),
        ("drift", "retain drift model new-customers.csv --html drift.html"),
        ("simulate", "retain simulate --rows 10000 --seed 1 -o customers.csv"),
        ("demo", "retain demo --data customers.csv --target Churned"),
        ("health", "retain health https://churn.example.com"),
    ])
    func `every verb shows an example`(verb: String, example: String) throws {
        let result = try Program.expect(0, [verb, "--help"], in: TemporaryFolder())
        #expect(result.output.contains(example))
        #expect(result.messages == "")
    }

    @Test func `without a verb tells how to start`() throws {
        let result = try Program.expect(0, [], in: TemporaryFolder())
        #expect(result.output.contains("retain train customers.csv --output model"))
    }

    @Test(arguments: [
        (["tell"], "Unexpected argument 'tell'"),
        (["train"], "Missing expected argument '<data>'"),
        (["train", "bank.csv", "--sed", "1"], "Unknown option '--sed'"),
        (["train", "bank.csv", "--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
        (["train", "bank.csv", "--threads", "0"], "--threads must be 1 or more"),
        (["train", "bank.csv", "--test", "2"], "--test must be from 0 to 0.9"),
        (["train", "bank.csv", "--test", "-0.1"], "--test must be from 0 to 0.9"),
        (["train", "bank.csv", "--test", "nan"], "--test must be from 0 to 0.9"),
        (
            ["train", "bank.csv", "--model", "forest"],
            "there is no such model; this version has seed, fast, best"
        ),
        (["simulate", "--rows", "-1"], "--rows must be 0 or more"),
        (["simulate", "--shift", "Agee=1"], "no numeric column is called 'Agee'; choose from"),
        (["simulate", "--scale", "Age"], "--scale Age: write COLUMN=NUMBER, such as Balance=1.8"),
        (
            ["score", "m", "bank.csv", "-o", "a", "--rejects", "a"],
            "--output and --rejects must be different files"
        ),
        (
            ["check", "bank.csv"],
            "retain: there is no retain.yaml in this folder; name one with --schema, or write one"
        ),
    ])
    func `wrong usage is named`(arguments: [String], message: String) throws {
        let result = try Program.expect(64, arguments, in: TemporaryFolder(), says: message)
        #expect(result.output == "")
    }
}
