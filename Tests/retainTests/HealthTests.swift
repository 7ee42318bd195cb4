import Testing

@Suite struct HealthTests {
    // Port 1 is a system's, and nobody serves on it.
    @Test(arguments: ["http://127.0.0.1:1", "https://127.0.0.1:1"])
    func nobodyAnswers(address: String) throws {
        try Program.expect(
            69,
            ["health", address],
            in: Folder(),
            says: "no answer from \(address)",
            "start `retain serve`"
        )
    }

    @Test func anAddressSaysHow() throws {
        try Program.expect(
            64,
            ["health", "localhost:8080"],
            in: Folder(),
            says: "the address must begin with http:// or https://"
        )
    }

    @Test func waitsAtLeastASecond() throws {
        try Program.expect(
            64,
            ["health", "--timeout", "0"],
            in: Folder(),
            says: "--timeout must be 1 or more"
        )
    }
}
