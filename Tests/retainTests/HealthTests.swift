import TestSupport
import Testing

@Suite struct HealthTests {
    // Port 1 is a system's, and nobody serves on it.
    @Test(arguments: ["http://127.0.0.1:1", "https://127.0.0.1:1"])
    func `nobody answers: not ready`(address: String) throws {
        try Program.expect(
            69,
            ["health", address],
            in: TemporaryFolder(),
            says: "no answer from \(address)",
            "start `retain serve`"
        )
    }

    @Test func `an address that is none says how`() throws {
        try Program.expect(
            64,
            ["health", "localhost:8080"],
            in: TemporaryFolder(),
            says: "the address must begin with http:// or https://"
        )
    }

    @Test func `waits at least a second`() throws {
        try Program.expect(
            64,
            ["health", "--timeout", "0"],
            in: TemporaryFolder(),
            says: "--timeout must be 1 or more"
        )
    }
}
