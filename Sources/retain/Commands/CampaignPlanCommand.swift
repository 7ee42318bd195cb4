import ArgumentParser
import Campaign
import ChurnModel
import Evaluation
import Files
import FoundationEssentials
import Lifecycle
import Output
import Record
import Schema
import Tabular
import Texts
import Tracking
import Training

/// `retain campaign plan`: the list that earns most, with a hold-out, on record.
struct CampaignPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Decide whom to contact with which offer, and whom to leave alone.",
        discussion: """
            Customers are ranked by what contacting them is expected to earn, by `costs:` of retain.yaml in this folder, or \
            of the model. With --contacts the choice is the best there is; within a budget it is, or its gap to the best is \
            proved. A budget is kept on average; --certain keeps it even where everyone takes the offer.

            Some of the chosen are held out at random: contact nobody of them. They are written to NAME.held-out.csv beside \
            the list, the decision to NAME.json, and all of it to the record. --scored takes a file of `retain score` in place \
            of DATA's rows; it may have a column `value`. What it lacks, such as amounts that costs: has from a column, and \
            the rows for --reasons, is read from DATA if that is named, too.

              retain campaign plan spring model customers.csv --contacts 500 -o list.csv
              retain campaign plan spring model customers.csv --budget 5000 --hold-out 0.1 -o list.csv
              retain campaign plan spring model --scored scores.csv --budget 5000 --certain -o list.csv
              retain campaign plan spring model customers.csv --scored scores.csv --contacts 500 --reasons 3 -o list.csv
            """
    )

    @Argument(help: "Names the campaign; letters, digits, - and _.")
    var name: String

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Argument(help: "A CSV file with a header; with --scored only for what the scores lack.")
    var data: String?

    @Option(help: "Choose so many customers at most, the held-out ones among them.")
    var contacts: Int?

    @Option(help: "Spend so much at most, in the currency of the costs.")
    var budget: Double?

    @Flag(help: "Keep the budget even where everyone takes the offer.")
    var certain = false

    @Option(help: "Take customers and probabilities from this file: identifier, churn_probability.")
    var scored: String?

    @Option(
        help: ArgumentHelp(
            "Share to leave alone, at most 0.5, or auto: as many as half the assumed effect needs to show; 0 leaves nobody.",
            valueName: "share"
        ),
        transform: CampaignPlanCommand.share
    )
    var holdOut: HoldOutShare = .auto

    @Option(
        help: ArgumentHelp(
            "Add the columns that weigh most in each customer's score: reason_1, points_1 and so on.",
            valueName: "count"
        )
    )
    var reasons: Int?

    @Option(help: "The key that draws lots (default: the database's name and .key, made once).")
    var keyFile: String?

    @Flag(help: "Choose customers also where they are in another campaign that is open.")
    var allowOverlap = false

    @Option(name: .shortAndLong, help: "Where the list goes; - is standard output.")
    var output: String

    @OptionGroup var database: CampaignDatabaseOption
    @OptionGroup var language: LanguageOption
    @OptionGroup var schema: SchemaOption
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    /// What `--hold-out` says.
    enum HoldOutShare {
        case auto
        case share(Double)

        var value: Double? {
            switch self {
            case .auto: nil
            case .share(let share): share
            }
        }
    }

    private static func share(_ text: String) throws -> HoldOutShare {
        if text == "auto" { return .auto }
        guard let share = Double(text), share >= 0, share <= 0.5 else {
            throw ValidationError("--hold-out \(text): it must be auto, or a share from 0 to 0.5")
        }
        return .share(share)
    }

    func validate() throws {
        guard CampaignEntry.isName(name) else {
            throw ValidationError(
                "the name \"\(name)\" must be of letters, digits, -, _ and ., since files are named after it"
            )
        }
        guard contacts != nil || budget != nil else {
            throw ValidationError(
                "say how many to contact (--contacts 500), or what it may cost (--budget 5000)"
            )
        }
        guard (contacts ?? 1) >= 1 else { throw ValidationError("--contacts must be 1 or more") }
        guard (budget ?? 1) > 0, (budget ?? 1).isFinite else {
            throw ValidationError("--budget must be above 0")
        }
        guard !certain || budget != nil else {
            throw ValidationError("--certain is of a budget; give --budget too")
        }
        guard scored != nil || data != nil else {
            throw ValidationError(
                "name the customers' file, or one that is scored already with --scored"
            )
        }
        guard (1 ... 100).contains(reasons ?? 1) else {
            throw ValidationError("--reasons must be from 1 to 100")
        }
        guard reasons == nil || data != nil else {
            throw ValidationError(
                "--reasons needs the customers' rows, which a file of scores lacks; name the data, too: retain campaign plan"
                    + " \(name) \(model) DATA --scored \(scored ?? "FILE")"
            )
        }
        guard scored != "-", data != "-" else {
            throw ValidationError(
                "name a file: a campaign can be reproduced, and standard input can't be read again"
            )
        }
    }

    func run() async throws {
        let outputs = CampaignOutputs(list: output, campaign: name)
        let saved = try await loadModel(model, tracking)
        let project = try schema.project()
        let source = CampaignSource(
            saved: saved,
            schema: project?.schema ?? saved.model.schema,
            terms: (project?.costs ?? saved.model.costs).campaignTerms,
            threads: threads.count,
            encoding: encoding.choice
        )
        let (key, remark) = try CampaignKeyFile(given: keyFile, database: database.companion).key()
        if let remark { note(remark) }
        let workflow = CampaignWorkflow(
            CampaignWorkflow.Request(
                name: name,
                modelSource: model,
                constraint: CampaignConstraint(
                    contacts: contacts,
                    budget: budget,
                    certain: certain
                ),
                holdOut: holdOut.value,
                horizonDays: project?.schema.horizonDays ?? saved.model.schema.horizonDays ?? 90,
                reasons: reasons,
                dataName: source.name(of: scored ?? data ?? ""),
                isScored: scored != nil
            ),
            key: key,
            threads: threads.count
        )
        let store = try database.opened()
        try await workflow.checkName(in: store)
        let file = scored ?? data ?? ""
        let rowsFile = data ?? file
        let activity = Activity("planning", through: file)
        let (decided, read) = try showing(activity) {
            let read = try source.read(
                data: data,
                scored: scored,
                withReasons: reasons != nil,
                asOf: asOf.day
            ) {
                activity.tell("\(countText($0)) rows")
            }
            let decided = try workflow.decide(read, terms: source.terms, by: saved) { rows in
                try source.reasons(
                    of: rows,
                    count: reasons ?? 0,
                    in: rowsFile,
                    asOf: read.asOf?.day
                ) {
                    activity.tell(
                        "\(countText($0)) of \(countText(rows.count)) customers explained"
                    )
                }
            }
            return (decided, read)
        }
        note(read.remarks, of: file)
        if let beside = read.beside { note(beside.remarks, of: beside.path) }
        if scored != nil, let data, read.beside == nil {
            note("\(data) is not read: the scores have all that is asked for.")
        }
        let overlap = try await workflow.checkOverlap(decided, in: store, isAllowed: allowOverlap)
        if overlap > 0 {
            note("\(countText(overlap)) of the chosen are in another campaign that is open.")
        }
        let now = milliseconds()
        try await workflow.handOut(decided, keptIn: store, at: now, to: outputs)
        let decision = decided.decision
        let text = CampaignText(
            decision,
            ends: Day(now, after: decision.horizonDays),
            files: output == "-" ? nil : (outputs.list, outputs.heldOut),
            language: language.choice
        )
        if output == "-" {
            note(text.text)
        } else {
            try say(
                asJSON.isOn
                    ? String(decoding: decision.json().dropLast(), as: UTF8.self) : text.text
            )
        }
    }
}

extension Day {
    /// The day of a time, in milliseconds since 1970, and some days after it.
    init(_ time: Int64, after days: Int) { self.init(number: Int(time / 86_400_000) + days) }
}
