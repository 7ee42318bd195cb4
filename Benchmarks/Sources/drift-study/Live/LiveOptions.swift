import ArgumentParser

/// What the studies of a service's traffic share.
struct LiveOptions: ParsableArguments {
    @Option(help: "Customers of whom traffic is drawn.")
    var pool = 1_000_000

    @Option(help: "Seed of everything random.")
    var seed: UInt64 = 42

    func validate() throws {
        guard pool >= 20_000 else { throw ValidationError("--pool must be 20000 or more") }
    }

    /// Runs a study, and removes its files.
    func study(_ write: (LiveBench) throws -> String) throws {
        let folder = try StudyFolder("live")
        print(try write(LiveBench(folder, seed: seed, poolRows: pool)))
        try folder.remove()
    }
}
