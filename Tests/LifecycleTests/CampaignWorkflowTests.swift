import Campaign
import ChurnModel
import Evaluation
import Files
import Foundation
import Lifecycle
import NeuralNetwork
import Output
import Record
import TestSupport
import Testing
import Training

@Suite struct CampaignWorkflowTests {
    private static let key = CampaignKey(Array(0 ..< 32))

    private struct Setting {
        let folder: TemporaryFolder
        let path: String
        let saved: SavedModel
        let schema = CampaignReaderTests.schema(identifier: "CustomerId")

        init() throws {
            folder = try TemporaryFolder()
            path = try folder.customers(2_000)
            saved = try GateModels.saved(try trained(path) { $0.loop.epochs = 10 })
        }

        func workflow(_ name: String = "spring", threads: Int = 2) -> CampaignWorkflow {
            CampaignWorkflow(
                CampaignWorkflow.Request(
                    name: name,
                    modelSource: "model",
                    constraint: CampaignConstraint(contacts: 200),
                    holdOut: 0.2,
                    horizonDays: 90,
                    dataName: "customers.csv",
                    isScored: false
                ),
                key: CampaignWorkflowTests.key,
                threads: threads
            )
        }

        func decided(
            _ name: String = "spring",
            threads: Int = 2
        ) throws -> CampaignWorkflow.Decided {
            let read = try CampaignReader(
                CampaignReaderTests.terms,
                schema: schema,
                threads: threads
            )
            .scoring(path, by: saved.model)
            return try workflow(name, threads: threads)
                .decide(read, terms: CampaignReaderTests.terms, by: saved)
        }
    }

    @Test func `rows and their scores give the same list, on any number of threads`() throws {
        let setting = try Setting()
        let fromRows = try setting.decided()
        #expect(try setting.decided(threads: 1).list == fromRows.list)
        let scores = setting.folder.path + "/scores.csv"
        _ = try ScoringWorkflow(setting.saved.model, threads: 2)
            .run(input: setting.path, output: scores, rejects: nil)
        let read = try CampaignReader(
            CampaignReaderTests.terms,
            schema: setting.schema,
            threads: 2
        )
        .scored(scores)
        let fromScores = try setting.workflow()
            .decide(read, terms: CampaignReaderTests.terms, by: setting.saved)
        #expect(fromScores.members == fromRows.members)
        #expect(fromScores.list == fromRows.list)
        #expect(fromRows.members.count == 200)
        #expect(fromRows.decision.holdOut.customers == 40)
        let interval = fromRows.decision.expected.interval
        let range = try #require(interval.calibration)
        #expect(range.low < range.high)
        #expect(interval.acceptance.low < fromRows.decision.expected.profit)
        #expect(interval.acceptance.high > fromRows.decision.expected.profit)
    }

    @Test func `a decision survives its JSON`() throws {
        let decision = try Setting().decided().decision
        let text = String(decoding: try decision.json(), as: UTF8.self)
        #expect(try CampaignDecision(json: text) == decision)
        #expect(text.contains("\"just_outside\""))
    }

    @Test func `the decision is on record before its list is there`() async throws {
        let setting = try Setting()
        let store = MemoryCampaigns()
        let decided = try setting.decided()
        let outputs = CampaignOutputs(
            list: setting.folder.path + "/list.csv",
            campaign: "spring"
        )
        try await setting.workflow().handOut(decided, keptIn: store, at: 1_000, to: outputs)
        #expect(try await store.members(of: "spring") == decided.members)
        let entry = try #require(try await store.campaign(named: "spring"))
        #expect(entry.keyID == Self.key.id)
        #expect(try CampaignDecision(json: entry.decision) == decided.decision)
        for (file, bytes) in [
            ("list.csv", decided.list), ("spring.held-out.csv", decided.heldOut),
            ("spring.json", try decided.decision.json()),
        ] {
            #expect(Array(try setting.folder.text(file).utf8) == bytes)
        }
        let key = hexadecimal(Self.key.bytes)
        #expect(!entry.decision.contains(key))
    }

    @Test func `where nothing can be written nothing is kept`() async throws {
        let setting = try Setting()
        let store = MemoryCampaigns()
        let outputs = CampaignOutputs(
            list: setting.folder.path + "/nowhere/list.csv",
            campaign: "spring"
        )
        let decided = try setting.decided()
        await #expect(throws: FileError.self) {
            try await setting.workflow().handOut(decided, keptIn: store, at: 1, to: outputs)
        }
        #expect(try await store.campaigns().isEmpty)
    }

    @Test func `a list that can't be written once it is kept comes again`() async throws {
        let setting = try Setting()
        let store = FolderLosingCampaigns(folder: setting.folder.path + "/out")
        try setting.folder.makeFolder("out")
        let outputs = CampaignOutputs(list: store.folder + "/list.csv", campaign: "spring")
        let decided = try setting.decided()
        let error = await #expect(throws: CampaignError.self) {
            try await setting.workflow().handOut(decided, keptIn: store, at: 1, to: outputs)
        }
        #expect(error?.exitStatus == .cannotWrite)
        #expect(
            error?.description.hasSuffix(
                "the campaign is on record, and its files come again with: retain campaign reproduce spring DATA -o FILE"
            ) == true
        )
        #expect(try await store.campaign(named: "spring") != nil)
    }

    @Test func `names and customers are in one open campaign at a time`() async throws {
        let setting = try Setting()
        let store = MemoryCampaigns()
        let first = try setting.decided("spring")
        try await setting.workflow("spring").handOut(
            first,
            keptIn: store,
            at: 1,
            to: CampaignOutputs(list: setting.folder.path + "/a.csv", campaign: "spring")
        )
        var error = await #expect(throws: CampaignError.self) {
            try await setting.workflow("spring").checkName(in: store)
        }
        #expect(error?.description.hasPrefix("there is a campaign \"spring\" already") == true)
        let second = try setting.decided("summer")
        let workflow = setting.workflow("summer")
        try await workflow.checkName(in: store)
        error = await #expect(throws: CampaignError.self) {
            _ = try await workflow.checkOverlap(second, in: store, isAllowed: false)
        }
        #expect(error?.exitStatus == .refused)
        #expect(
            error?.description.hasPrefix("200 of the 200 chosen are in a campaign that is open")
                == true
        )
        #expect(error?.description.contains("retain campaign close spring") == true)
        #expect(try await workflow.checkOverlap(second, in: store, isAllowed: true) == 200)
        try await store.close("spring", at: 2)
        #expect(try await workflow.checkOverlap(second, in: store, isAllowed: false) == 0)
    }

    @Test func `the key beside a database is made once, for its owner alone`() throws {
        let folder = try TemporaryFolder()
        let file = CampaignKeyFile(given: nil, database: folder.path + "/retain.db")
        let (key, remark) = try file.key()
        #expect(remark != nil)
        let again = try file.key()
        #expect(again.key == key && again.remark == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
        let open = try folder.file("key", try folder.text("retain.db.key"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
        let named = try CampaignKeyFile(given: open, database: "").key()
        #expect(named.key == key && named.remark?.contains("chmod 600") == true)
        let none = try folder.file("none", "no key\n")
        #expect(throws: CampaignError.self) {
            try CampaignKeyFile(given: none, database: "").key()
        }
        #expect(throws: FileError.self) {
            try CampaignKeyFile(given: folder.path + "/nothing", database: "").key()
        }
    }
}

/// Keeps campaigns, and loses the folder of their files meanwhile.
private final class FolderLosingCampaigns: CampaignStore {
    let folder: String
    private let kept = MemoryCampaigns()

    init(folder: String) { self.folder = folder }

    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError) {
        try await kept.add(campaign, members: members)
        try? FileManager.default.removeItem(atPath: folder)
    }

    func campaigns() async throws(RecordStoreError) -> [CampaignEntry] {
        try await kept.campaigns()
    }

    func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry? {
        try await kept.campaign(named: name)
    }

    func members(of name: String) async throws(RecordStoreError) -> [CampaignMember] {
        try await kept.members(of: name)
    }

    func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)] {
        try await kept.openCampaigns(of: customers)
    }

    func close(_ name: String, at time: Int64) async throws(RecordStoreError) {
        try await kept.close(name, at: time)
    }

    func truths(
        of name: String,
        asOf time: Int64
    ) async throws(RecordStoreError) -> [MemberTruth] {
        try await kept.truths(of: name, asOf: time)
    }
}
