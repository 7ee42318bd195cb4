import Campaign

/// Somebody who looks every day of a year at what has matured.
struct DailyLooks: Sendable {
    /// Matured customers on the first day of evidence by lot; nil where there was none.
    private(set) var byLot: Int?
    /// The same by Turner, Ly and Grünwald's e-value.
    private(set) var byPlugin: Int?
    /// The same by a test that is made for one look, looked at every day.
    private(set) var naive: Int?
    /// The evidence by lot at the end.
    private(set) var evidence = RandomisationEvidence()
    /// The counts at the end.
    private(set) var rates = DailyLooks.none

    /// What a test at 2.5 % on one side takes.
    private static let reach = 1.959963984540054

    init(_ campaign: PlayedCampaign) {
        var plugin = PluginEvidence()
        let order = campaign.inTime
        for (place, block) in order.enumerated() {
            let counts = campaign.blocks[block]
            evidence.add(counts)
            plugin.add(counts)
            rates.add(counts)
            let isEvening =
                place + 1 == order.count || campaign.days[order[place + 1]] > campaign.days[block]
            guard isEvening else { continue }
            let matured = rates.contacted + rates.heldOut
            if byLot == nil, evidence.works20 { byLot = matured }
            if byPlugin == nil, plugin.value >= RandomisationEvidence.claim { byPlugin = matured }
            if naive == nil, matured >= 100, Self.isSignificant(rates) { naive = matured }
        }
    }

    /// Whether the contacted leave less by the test of two proportions.
    static func isSignificant(_ rates: TwoRates) -> Bool {
        guard let difference = rates.difference else { return false }
        let (contacted, heldOut) = (Double(rates.contacted), Double(rates.heldOut))
        let mean = Double(rates.contactedLeft + rates.heldOutLeft) / (contacted + heldOut)
        let error = (mean * (1 - mean) * (1 / contacted + 1 / heldOut)).squareRoot()
        return error > 0 && difference < -reach * error
    }

    /// Whether the report says at the end that it works, by evidence or by its single test.
    var saysItWorks: Bool {
        evidence.works20 || ExactTest.contactedLeaveLess(rates, level: 0.025)
    }
}
