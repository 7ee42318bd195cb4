import Simulation

/// How customers differ from those of the reference.
struct Change {
    let name: String
    let columns: Set<String>
    var shifts: [String] = []
    var scales: [String] = []

    static let none = Change(name: "none", columns: [])
    static let studied = [
        Change(
            name: "Age + 2.5 and Balance × 1.8",
            columns: ["Age", "Balance"],
            shifts: ["Age=+2.5"],
            scales: ["Balance=1.8"]
        ),
        Change(name: "Age + 2.5", columns: ["Age"], shifts: ["Age=+2.5"]),
        Change(name: "Age + 1", columns: ["Age"], shifts: ["Age=+1"]),
        Change(name: "Balance × 1.1", columns: ["Balance"], scales: ["Balance=1.1"]),
        Change(name: "CreditScore + 10", columns: ["CreditScore"], shifts: ["CreditScore=+10"]),
    ]

    /// As the simulator takes it.
    var drift: SimulatedDrift {
        get throws { try SimulatedDrift(shifts: shifts, scales: scales) }
    }
}
