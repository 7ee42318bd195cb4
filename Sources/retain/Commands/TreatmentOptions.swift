import ArgumentParser
import Files
import Output
import Schema
import Simulation
import Tabular

/// The options of `retain simulate` that play what becomes of a campaign's customers.
struct TreatmentOptions: ParsableArguments {
    @Option(
        name: .customLong("treatment"),
        help: ArgumentHelp(
            "A campaign's list: plays what becomes of its customers instead of writing new ones.",
            valueName: "file"
        )
    )
    var list: String?

    @Option(help: ArgumentHelp("The campaign's customers who are left alone.", valueName: "file"))
    var heldOut: String?

    @Option(
        help: ArgumentHelp(
            "Where to write what is known of them, for `retain outcomes`.",
            valueName: "file"
        )
    )
    var outcomes: String?

    @Option(
        help: ArgumentHelp(
            "Where to write whom contacting changes, which nobody knows in life.",
            valueName: "file"
        )
    )
    var kinds: String?

    @Option(
        parsing: .unconditional,
        help: "Which share of those who would leave stays if contacted."
    )
    var effect = 0.3

    @Option(
        parsing: .unconditional,
        help: "Which share of those who would stay leaves if contacted."
    )
    var disturb = 0.0

    @Option(
        parsing: .unconditional,
        help: "Which share of the held-out is contacted all the same."
    )
    var contaminate = 0.0

    @Option(help: "Within how many days leaving counts.")
    var horizon = 90

    @Option(
        parsing: .unconditional,
        help: "How many days after the campaign's start it is (default: the horizon)."
    )
    var day: Int?

    @Option(help: "The day on which the campaign was planned (default: today).")
    var start: String?

    func validate() throws {
        let given = [heldOut, outcomes, kinds, start].contains { $0 != nil } || day != nil
        guard list != nil || !given else {
            throw ValidationError(
                "--held-out, --outcomes, --kinds, --start and --day belong to --treatment LIST; name the list, too"
            )
        }
        guard list == nil || heldOut != nil, list == nil || outcomes != nil else {
            throw ValidationError(
                "--treatment needs --held-out FILE, which the campaign wrote beside its list, and --outcomes FILE to write"
            )
        }
        let shares = [("effect", effect), ("disturb", disturb), ("contaminate", contaminate)]
        for (name, share) in shares where !(share >= 0 && share <= 1) {
            throw ValidationError("--\(name) must be from 0 to 1")
        }
        guard horizon > CampaignPlay.contactDays else {
            throw ValidationError(
                "--horizon must be over \(CampaignPlay.contactDays), the days that contacting takes"
            )
        }
        guard (day ?? 0) >= 0 else { throw ValidationError("--day must be 0 or more") }
        guard start.map({ Day($0) != nil }) ?? true else {
            throw ValidationError("--start \(start ?? ""): it is no date; write it as 2026-11-29")
        }
    }

    /// Plays the campaign and writes its files.
    ///
    /// - Parameters:
    ///   - simulator: Made the customers.
    ///   - rows: How many it made.
    /// - Throws: `FileError`, `CSVError`; a `RetainError` where a file is no campaign's, or of other customers.
    func play(_ simulator: BankSimulator, rows: Int) throws {
        guard let list, let heldOut, let outcomes else { return }
        let contacted = try Self.customers(of: list)
        let alone = try Self.customers(of: heldOut)
        let found = simulator.rows(of: contacted + alone, among: rows)
        for (file, customers) in [(list, contacted), (heldOut, alone)] {
            guard let stranger = customers.first(where: { found[$0] == nil }) else { continue }
            throw StrangeCustomer(file: file, customer: stranger, rows: rows)
        }
        let play = CampaignPlay(
            simulator: simulator,
            options: .init(
                effect: TreatmentEffect(keeps: effect, disturbs: disturb),
                contaminated: contaminate,
                horizonDays: horizon
            )
        )
        let start = start.flatMap { Day($0) } ?? .today
        let day = day ?? horizon
        var told = "customer,date,left,contacted,offer_taken,cost,occurred,by\n"
        var truth = "customer,kind,leaves_alone,leaves_contacted\n"
        for (customers, isHeldOut) in [(contacted, false), (alone, true)] {
            for (place, customer) in customers.enumerated() {
                guard let row = found[customer] else { continue }
                let outcome = play.outcome(
                    row: row,
                    isHeldOut: isHeldOut,
                    place: Double(place) / Double(customers.count),
                    day: day
                )
                let fields = [
                    customer, "\(Day(number: start.number + day))", Self.word(outcome.left),
                    Self.word(outcome.contacted), Self.word(outcome.offerTaken),
                    numberText(outcome.cost),
                    outcome.leavingDay.map { "\(Day(number: start.number + $0))" } ?? "",
                    "simulation",
                ]
                told += fields.joined(separator: ",") + "\n"
                let kind = outcome.kind
                truth +=
                    "\(customer),\(kind.rawValue),\(kind.leavesAlone),\(kind.leavesContacted)\n"
            }
        }
        try Self.write(told, to: outcomes)
        if let kinds { try Self.write(truth, to: kinds) }
        note(
            "\(countText(contacted.count)) contacted and \(countText(alone.count)) left alone, as known on day \(day) of \(horizon):"
                + " \(outcomes). Take it in: retain outcomes \(outcomes)."
        )
    }

    private static func word(_ answer: Bool?) -> String { answer.map { "\($0)" } ?? "" }

    private static func write(_ text: String, to path: String) throws {
        var file = try AtomicFile(path)
        try file.write(Array(text.utf8))
        try file.commit()
    }

    /// The identifiers of a file that a campaign wrote, in its order.
    private static func customers(of path: String) throws -> [String] {
        var reader = try CSVReader(path)
        guard let column = reader.header.firstIndex(of: "customer") else {
            throw NoCustomers(file: path)
        }
        var found: [String] = []
        while let batch = try reader.nextChunk()?.parsed() {
            for row in 0 ..< batch.rowCount { found.append(batch.text(row: row, column: column)) }
        }
        return found
    }
}

/// A file that no campaign wrote.
private struct NoCustomers: RetainError {
    let file: String

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(file): there is no column customer; name the list or the held-out file that `retain campaign plan` wrote"
    }
}

/// A customer whom this seed did not make.
private struct StrangeCustomer: RetainError {
    let file: String
    let customer: String
    let rows: Int

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(file): \(customer) is none of these \(countText(rows)) simulated customers; give --rows and --seed of the file that the"
            + " campaign was planned on"
    }
}
