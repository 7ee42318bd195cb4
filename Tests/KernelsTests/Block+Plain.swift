import Kernels

extension Block {
    /// The block's part of a workspace, from values of shape [units, lanes].
    func tiled(_ plain: [Float]) -> [Float] {
        var values = [Float](repeating: .nan, count: units * lanes)
        for unit in 0 ..< units {
            for lane in 0 ..< lanes {
                values[place(unit: unit, lane: lane) - offset] = plain[unit * lanes + lane]
            }
        }
        return values
    }

    /// The values of shape [units, lanes] that the block holds in a workspace.
    func plain(_ workspace: [Float]) -> [Float] {
        (0 ..< units).flatMap { unit in
            (0 ..< lanes).map { workspace[place(unit: unit, lane: $0)] }
        }
    }
}

/// Made-up numbers in -1 ..< 1, every eleventh 0.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0 ..< count).map { place in
        let number = Float(generator.uniform() * 2 - 1)
        return place % 11 == 10 ? 0 : number
    }
}
