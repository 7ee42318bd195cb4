import Kernels

/// What is known of one column's traffic, and what follows from it.
struct ColumnWatch: Codable, Equatable, Sendable {
    let column: SequentialDrift.Column
    /// Rows in each category of the reference and of all traffic that was not drift.
    private(set) var bag: [Int]
    private(set) var history = TrafficHistory()
    /// What was seen when the alarm was raised that holds; nil where none does.
    private(set) var alarm: SequentialDrift.Alarm?
    /// While an alarm holds: what has passed since a look at which the window was far off.
    private var quiet = SequentialDrift.Window(rows: 0, looks: 0)

    init(_ column: SequentialDrift.Column) {
        self.column = column
        bag = column.reference
    }

    /// Takes the rows of a look.
    ///
    /// - Parameters:
    ///   - counts: Rows in each category.
    ///   - look: The number of the look.
    ///   - window: How much of the newest traffic is compared with the reference.
    ///   - evidenceNeeded: The logarithm of the evidence from which an alarm may be raised.
    ///   - generator: Draws the order of rows and breaks ties.
    mutating func take(
        _ counts: [Int],
        look: Int,
        window: SequentialDrift.Window,
        evidenceNeeded: Double,
        using generator: inout SeededGenerator
    ) {
        guard alarm == nil else {
            history.add(counts, ranks: RankBins.none, look: look, window: window)
            return settle(counts.reduce(0, +), window: window)
        }
        let ranks = RankBins.counts(of: counts, adding: &bag, using: &generator)
        history.add(counts, ranks: ranks, look: look, window: window)
        guard effect(window) >= column.leastEffect else { return }
        let capitals = logCapitals
        let evidence = RankEvidence.logSum(capitals)
        guard evidence >= evidenceNeeded, let most = capitals.max(),
            let age = capitals.firstIndex(of: most)
        else { return }
        raise(evidence: evidence, look: look, onset: history.blocks.count - 1 - age)
    }

    /// Raises an alarm, and takes what led to it out of the bag, so that later traffic is compared with
    /// what is no drift.
    private mutating func raise(evidence: Double, look: Int, onset: Int) {
        alarm = SequentialDrift.Alarm(
            look: look,
            onset: history.blocks[onset].firstLook,
            evidence: evidence
        )
        for block in history.blocks[onset...] {
            for category in bag.indices { bag[category] -= block.counts[category] }
        }
        history.forgetRanks()
        quiet = SequentialDrift.Window(rows: 0, looks: 0)
    }

    /// Ends the alarm once a whole window has passed without a look at which the newest traffic was far
    /// enough from the reference.
    private mutating func settle(_ rows: Int, window: SequentialDrift.Window) {
        guard effect(window) < column.leastEffect else {
            quiet = SequentialDrift.Window(rows: 0, looks: 0)
            return
        }
        quiet.rows += rows
        quiet.looks += 1
        guard quiet.rows >= window.rows, quiet.looks >= window.looks else { return }
        alarm = nil
        // So that no block holds both rows that are in the bag and rows that are not.
        history.close()
    }

    /// The share of the window's rows that lie in other categories than they would by the reference: the
    /// total variation distance of the two; 0 where there are no rows.
    func effect(_ window: SequentialDrift.Window) -> Double {
        let newest = history.newest(window)
        let rows = Double(newest.reduce(0, +))
        guard rows > 0 else { return 0 }
        let all = Double(column.reference.reduce(0, +))
        var sum = 0.0
        for (count, expected) in zip(newest, column.reference) {
            sum += abs(Double(count) / rows - Double(expected) / all)
        }
        return min(1, sum / 2)
    }

    /// The logarithm of the evidence of drift that began at any of the kept starts: the sum of the
    /// capitals of gamblers, one of whom began at each; 0 before there is one.
    var evidence: Double {
        alarm?.evidence ?? (history.blocks.isEmpty ? 0 : RankEvidence.logSum(logCapitals))
    }

    /// By start, newest first.
    private var logCapitals: [Double] {
        var ranks = RankBins.none
        return history.blocks.reversed().map { block in
            ranks.add(block.ranks)
            return RankEvidence.logCapital(ranks)
        }
    }
}

extension ColumnWatch {
    /// What makes a state that was read impossible; nil where all is well.
    var inconsistency: String? {
        if let problem = column.problem { return problem }
        let categories = column.reference.count
        guard bag.count == categories, bag.allSatisfy({ $0 >= 0 }), bag.contains(where: { $0 > 0 })
        else { return "its earlier rows are not counted in \(categories) categories" }
        guard history.blocks.count <= TrafficHistory.capacity else {
            return "\(history.blocks.count) blocks of traffic; at most \(TrafficHistory.capacity)"
        }
        for block in history.blocks {
            guard block.counts.count == categories, block.ranks.count == RankBins.widths.count,
                (block.counts + block.ranks + [block.rows, block.looks]).allSatisfy({ $0 >= 0 })
            else { return "the traffic from look \(block.firstLook) on is not counted like it" }
        }
        return nil
    }
}
