/// What Scripts/fixtures/worth.py wrote.
struct KnownWorth: Decodable {
    struct Proportions: Decodable {
        var counts: [Int]
        var newcombe: [Double]
        var fisher: Double
        var boschloo: Double
    }

    struct Adjusted: Decodable {
        var plain: [Double]
        var cuped: [Double]
        var lin: [Double]
        var share: Double
        var aipw: Double
    }

    struct Sequence: Decodable {
        var share: Double
        var narrowest: Int
        var variance: Double
        var rho: Double
        var at: [[Double]]
    }

    struct Randomisation: Decodable {
        var blocks: [[Int]]
        var works: [Double]
        var harms: [Double]
    }

    struct Plugin: Decodable {
        var contacted: [Int]
        var alone: [Int]
        var path: [Double]
        var arms: [Int]
        var left: [Int]
        var share: Double
        var single: [Double]
    }

    struct Uplift: Decodable {
        var places: [Int]
        var uplift: [Double]
        var qini: [Double]
        var distinct: [Double]
        var causalml: [Double]
    }

    var twoProportions: [Proportions]
    var score: [Double]
    var arm: [Int]
    var left: [Int]
    var adjusted: Adjusted
    var sequence: Sequence
    var randomisation: Randomisation
    var plugin: Plugin
    var uplift: Uplift
}

/// Whether two numbers agree to a share of the known one, or of 1 where that is smaller.
func isClose(_ value: Double?, _ known: Double, within share: Double = 1e-12) -> Bool {
    guard let value else { return false }
    return abs(value - known) <= share * max(1, abs(known))
}
