import ArgumentParser
import Campaign
import ChurnModel
import Files
import Lifecycle
import Output
import Record
import Schema
import Training

/// `retain campaign reproduce`: the same list again, from the same file.
struct CampaignReproduce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Decide a campaign again from its data, and hold it against the record.",
        discussion: """
            Model, data, key and terms must be those of the decision; then list and hold-out come out byte for byte, which \
            -o writes again. Exit code 3 where anything differs.

              retain campaign reproduce spring customers.csv -o list.csv
              retain campaign reproduce spring customers.csv --scored scores.csv
            """
    )

    @Argument(help: "The campaign.")
    var name: String

    @Argument(help: "The file that it was planned from: its data, or its scores.")
    var data: String

    @Option(help: "The file of scores, where the campaign was planned from scores and data.")
    var scored: String?

    @Option(help: "The model, where it is no longer where it was.")
    var model: String?

    @Option(help: "The key that draws lots (default: the database's name and .key).")
    var keyFile: String?

    @Option(name: .shortAndLong, help: "Write the list again, and NAME.held-out.csv beside it.")
    var output: String?

    @OptionGroup var database: CampaignDatabaseOption
    @OptionGroup var schema: SchemaOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption

    func run() async throws {
        let store = try database.existing()
        let entry = try await database.campaign(name, in: store)
        let decision = try CampaignDecision(json: entry.decision)
        let (file, beside) = try files(of: decision)
        let source = model ?? decision.model.source
        let saved = try await loadModel(source, tracking)
        guard saved.digest == decision.model.digest else {
            throw CampaignError(
                .refused,
                "\(source) is not the model that \(name) was planned with (digest \(decision.model.digest)); name that with --model"
            )
        }
        let path = keyFile ?? database.companion + ".key"
        let (key, remark) = try CampaignKeyFile(given: path, database: database.companion).key()
        if let remark { note(remark) }
        guard key.id == decision.holdOut.keyId else {
            throw CampaignError(
                .refused,
                "\(path) holds the key \(key.id), but \(name) was drawn with \(decision.holdOut.keyId); name its file with --key-file"
            )
        }
        var meaning = try schema.project()?.schema ?? saved.model.schema
        // Beside scores, whose column it is, the data has a name of its own.
        if beside == nil { meaning.identifier = decision.data.identifier }
        let reader = CampaignSource(
            saved: saved,
            schema: meaning,
            terms: decision.terms,
            threads: threads.count,
            encoding: encoding.choice
        )
        let read = try reader.read(
            data: decision.data.isScored ? beside : file,
            scored: decision.data.isScored ? file : nil,
            withReasons: decision.reasons != nil,
            asOf: decision.data.asOf.flatMap { Day($0) }
        )
        let workflow = CampaignWorkflow(
            CampaignWorkflow.Request(
                name: name,
                modelSource: decision.model.source,
                constraint: decision.constraint,
                holdOut: decision.holdOut.asked,
                horizonDays: decision.horizonDays,
                reasons: decision.reasons,
                dataName: decision.data.name,
                isScored: decision.data.isScored
            ),
            key: key,
            threads: threads.count
        )
        let decided = try workflow.decide(read, terms: decision.terms, by: saved) { rows in
            try reader.reasons(
                of: rows,
                count: decision.reasons ?? 0,
                in: beside ?? file,
                asOf: read.asOf?.day
            )
        }
        guard decided.decision.files == decision.files,
            try await store.members(of: name) == decided.members
        else {
            throw CampaignError(
                .refused,
                "\(name) does not come out again: it was decided by retain \(decision.retainVersion), this is"
                    + " \(decided.decision.retainVersion); its members stand in the record all the same"
            )
        }
        if let output {
            let outputs = CampaignOutputs(list: output, campaign: name)
            try AtomicFile.write(decided.list, to: outputs.list)
            try AtomicFile.write(decided.heldOut, to: outputs.heldOut)
            note("Wrote \(outputs.list) and \(outputs.heldOut) again.")
        }
        note("\(name): the same list and hold-out, byte for byte.")
    }

    /// The file of the decision, and the data that was read beside it; both must be those of then.
    private func files(of decision: CampaignDecision) throws -> (file: String, beside: String?) {
        guard let beside = decision.data.beside else {
            let file = decision.data.isScored ? scored ?? data : data
            try check(file, is: decision.data.name, decision.data.digest)
            return (file, nil)
        }
        guard let scored else {
            throw CampaignError(
                .usage,
                "\(name) was planned from scores and data; name both: retain campaign reproduce \(name) \(beside.name) --scored"
                    + " \(decision.data.name)"
            )
        }
        try check(scored, is: decision.data.name, decision.data.digest)
        try check(data, is: beside.name, beside.digest)
        return (scored, data)
    }

    private func check(_ path: String, is known: String, _ digest: String) throws {
        guard try fileDigest(path) == digest else {
            throw CampaignError(
                .refused,
                "\(path) is not the file that \(name) was planned from (\(known), SHA-256 \(digest))"
            )
        }
    }
}
