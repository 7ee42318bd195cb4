/// The newest rows of a column in blocks, each of them a possible start of drift.
struct TrafficHistory: Codable, Equatable, Sendable {
    /// Rows of consecutive looks.
    struct Block: Codable, Equatable, Sendable {
        /// The number of its first look.
        let firstLook: Int
        var looks = 0
        var rows = 0
        /// Rows in each category.
        var counts: [Int]
        /// Rows in each bin of ranks; none while the column is drifted.
        var ranks: [Int]
        /// Whether the next look still belongs to it.
        var isOpen = true
    }

    /// Full blocks in a window.
    private static let blocksPerWindow = 8
    /// Blocks that are kept: starts up to four windows ago, and the block that is being filled.
    static let capacity = 4 * blocksPerWindow + 1

    /// Oldest first.
    private(set) var blocks: [Block] = []

    /// Adds a look.
    ///
    /// A block begins when the last is full, whatever the values, so that no start is hindsight.
    mutating func add(_ counts: [Int], ranks: [Int], look: Int, window: SequentialDrift.Window) {
        if blocks.last?.isOpen != true {
            if blocks.count == Self.capacity { blocks.removeFirst() }
            blocks.append(
                Block(
                    firstLook: look,
                    counts: counts.map { _ in 0 },
                    ranks: RankBins.none
                )
            )
        }
        let last = blocks.count - 1
        blocks[last].looks += 1
        blocks[last].rows += counts.reduce(0, +)
        blocks[last].counts.add(counts)
        blocks[last].ranks.add(ranks)
        blocks[last].isOpen = !window.isFilled(by: blocks[last], parts: Self.blocksPerWindow)
    }

    /// The newest rows in each category: the fewest blocks that fill the window, or all there are.
    func newest(_ window: SequentialDrift.Window) -> [Int] {
        var sum: Block?
        for block in blocks.reversed() {
            guard var more = sum else {
                sum = block
                continue
            }
            if window.isFilled(by: more, parts: 1) { break }
            more.looks += block.looks
            more.rows += block.rows
            more.counts.add(block.counts)
            sum = more
        }
        return sum?.counts ?? []
    }

    /// Ends the block that is being filled.
    mutating func close() {
        if let last = blocks.indices.last { blocks[last].isOpen = false }
    }

    /// Forgets the ranks, so that evidence begins anew.
    mutating func forgetRanks() {
        for block in blocks.indices { blocks[block].ranks = RankBins.none }
    }
}

extension SequentialDrift.Window {
    /// Whether a block holds at least one of `parts` equal parts of the window.
    fileprivate func isFilled(by block: TrafficHistory.Block, parts: Int) -> Bool {
        block.rows * parts >= rows && block.looks * parts >= looks
    }
}

extension [Int] {
    /// Adds counts place by place.
    mutating func add(_ counts: [Int]) {
        for place in indices { self[place] += counts[place] }
    }
}
