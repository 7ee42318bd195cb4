import ArgumentParser

/// What the studies of a service's traffic share.
struct LiveOptions: ParsableArguments {
    @Option(help: "Random seed: the same one gives the same bytes.")
    var seed: UInt64 = 42

    /// Customers of whom a year's traffic is drawn.
    static let poolRows = 1_000_000
    /// The same of the few weeks about a change.
    static let fewRows = 200_000

    /// Runs a study, and removes its files.
    func study(poolRows: Int, _ write: (LiveBench) throws -> Void) throws {
        let folder = try StudyFolder("live")
        try write(LiveBench(folder, seed: seed, poolRows: poolRows))
        try folder.remove()
    }
}
