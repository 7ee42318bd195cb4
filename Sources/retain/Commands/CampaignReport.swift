import ArgumentParser
import Campaign
import Files
import Lifecycle
import Output
import Record
import Reports
import Schema
import Training

/// `retain campaign report`: whether a campaign was worth it.
struct CampaignReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell whether a campaign was worth it: customers saved, money earned.",
        discussion: """
            Customers count as the lot assigned them, and only once their horizon is over. While outcomes come in, the \
            evidence and the intervals may be looked at every day; customers saved with an interval for one look stand at \
            the end. --outcomes takes a file into the record first, as `retain outcomes` does.

            Exits with 3 where contacting does harm, or where held-out customers were contacted.

              retain campaign report spring
              retain campaign report spring --outcomes outcomes.csv --html spring.html
              retain campaign report spring --as-of 2027-03-01 --language pt-BR
            """
    )

    @Argument(help: "The campaign.")
    var name: String

    @Option(help: ArgumentHelp("Take these outcomes into the record first.", valueName: "file"))
    var outcomes: String?

    @Option(
        name: .customLong("as-of"),
        help: "Tell what is known at the end of this day, as 2027-03-01 (default: now)."
    )
    var asOf: String?

    @Option(
        help: ArgumentHelp("Write one page with charts; - is standard output.", valueName: "file")
    )
    var html: String?

    @OptionGroup var database: CampaignDatabaseOption
    @OptionGroup var language: LanguageOption
    @OptionGroup var schema: SchemaOption
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard asOf.map({ Day($0) != nil }) ?? true else {
            throw ValidationError("--as-of \(asOf ?? ""): it is no date; write it as 2027-03-01")
        }
        guard html != "-" || !asJSON.isOn else {
            throw ValidationError("only one of the results can go to standard output")
        }
    }

    func run() async throws {
        let store = try database.existing()
        let reporting = CampaignReporting(store: store)
        try await reporting.check(name)
        if let outcomes { try await take(outcomes, into: store) }
        let time = asOf.flatMap { Day($0) }.map { Int64($0.number + 1) * 86_400_000 - 1 }
        let report = try await reporting.report(
            on: name,
            asOf: time ?? milliseconds(),
            language: language.choice
        )
        try store.close()
        if let html {
            try AtomicFile.write(Array(WorthPage(report).document.utf8), to: html)
            if html != "-" { note("Wrote \(html).") }
        }
        if asJSON.isOn {
            try say(String(decoding: WorthDocument(report).json(), as: UTF8.self))
        } else if html != "-" {
            try say(String(report.text.dropLast()))
        }
        guard !report.worth.isAlarming else {
            throw CampaignAlarm(campaign: name, reason: report.alarm)
        }
    }

    private func take(_ file: String, into store: any RecordStore) async throws {
        let known = try schema.project()?.schema
        let result = try await OutcomeImport(record: store, schema: known)
            .run(file, rejects: nil, encoding: encoding.choice) { _ in }
        note(result.remarks, of: file)
        if let problem = result.firstProblem { note("The first rejected row: \(problem)") }
        note(
            "\(result.read) outcomes read, \(result.counts.members) of campaign members, \(result.counts.unmatched) of"
                + " nobody whom the record knows, \(result.rejected) rejected."
        )
    }
}

/// A campaign that somebody must look at.
private struct CampaignAlarm: RetainError {
    let campaign: String
    let reason: String

    var exitStatus: ExitStatus { .refused }

    var description: String { "the campaign \"\(campaign)\" needs somebody: \(reason)" }
}
