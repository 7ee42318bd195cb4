import Trees

/// How many trees will be grown, as far as can be told: the losses decide that as they come, and nearly never are as many
/// needed as are allowed.
struct ExpectedTrees {
    private let ways: [TreeSettings]
    private let folds: Int
    private let ensembles: Int
    /// Of each way that is done, the trees of a fold.
    private var lengths: [Int] = []

    /// What a way takes as a rule, those trees included that come to nothing.
    private static let usual = 300

    init(ways: [TreeSettings], folds: Int, ensembles: Int) {
        self.ways = ways
        self.folds = folds
        self.ensembles = ensembles
    }

    /// All trees, before there is a loss.
    var total: Int { total(lengths + [Self.usual]) }

    /// All trees, where the way at work has these losses so far.
    func total(whileGrowing curve: [Double]) -> Int {
        let settings = ways[lengths.count]
        let least = curve.leastPlace + 1 + settings.patience
        return total(lengths + [min(settings.mostTrees, max(Self.usual, least))])
    }

    /// All trees, where every way is done and the ensembles have so many trees.
    func total(choosing counts: [Int]) -> Int {
        folds * lengths.reduce(0, +) + counts.reduce(0, +)
    }

    /// Takes a way that is done.
    mutating func take(_ curve: [Double]) { lengths.append(curve.count) }

    /// Ways that have not begun are taken to be as long as the last.
    private func total(_ lengths: [Int]) -> Int {
        let last = lengths.last ?? Self.usual
        let grown = lengths.reduce(0, +) + (ways.count - min(ways.count, lengths.count)) * last
        return folds * grown + ensembles * last
    }
}
