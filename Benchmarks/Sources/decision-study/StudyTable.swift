import ArgumentParser
import Campaign
import Foundation

/// How much is simulated, and on how many cores.
struct WorkOptions: ParsableArguments {
    @Option(help: "Campaigns of each company.")
    var campaigns = 4_000

    @Option(help: "Cores to use at once; results do not depend on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount
}

/// A table of a document.
struct StudyTable {
    private var rows: [[String]]

    init(_ titles: [String]) {
        rows = [titles, titles.indices.map { $0 == 0 ? "---" : "--:" }]
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var markdown: String {
        rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

/// The share of which something holds, as a percentage.
func share<Element>(of elements: [Element], _ holds: (Element) -> Bool) -> String {
    let count = elements.count { holds($0) }
    return "\((1_000 * Double(count) / Double(elements.count)).rounded() / 10) %"
}

extension DailyLooks {
    /// Counts of nobody.
    static let none = TwoRates(contactedLeft: 0, contacted: 0, heldOutLeft: 0, heldOut: 0)
}

extension TwoRates {
    /// Takes in a block.
    mutating func add(_ block: BlockCounts) {
        contactedLeft += block.contactedLeft
        contacted += block.customers - block.heldOut
        heldOutLeft += block.left - block.contactedLeft
        heldOut += block.heldOut
    }
}
