public import Campaign
public import ChurnModel
public import Evaluation
private import Files
private import Output
public import Record
private import Schema
private import Training

/// Decides a campaign, keeps it on record, and only then hands its files out.
public struct CampaignWorkflow: Sendable {
    /// What is asked for.
    public struct Request: Sendable {
        /// Names the campaign.
        public var name: String
        /// The model as it was named.
        public var modelSource: String
        /// What limits the choice.
        public var constraint: CampaignConstraint
        /// The share to hold out; nil for as many as the assumed effect needs.
        public var holdOut: Double?
        /// Within how many days leaving counts.
        public var horizonDays: Int
        /// How many reasons stand beside each customer of the list; nil for none.
        public var reasons: Int?
        /// The file of the customers, without its folder.
        public var dataName: String
        /// Whether its customers came with their probabilities.
        public var isScored: Bool

        /// Creates a request.
        public init(
            name: String,
            modelSource: String,
            constraint: CampaignConstraint,
            holdOut: Double? = nil,
            horizonDays: Int,
            reasons: Int? = nil,
            dataName: String,
            isScored: Bool
        ) {
            self.name = name
            self.modelSource = modelSource
            self.constraint = constraint
            self.holdOut = holdOut
            self.horizonDays = horizonDays
            self.reasons = reasons
            self.dataName = dataName
            self.isScored = isScored
        }
    }

    /// A decision and its files.
    public struct Decided: Sendable {
        /// Who is chosen.
        public let members: [CampaignMember]
        /// What was decided, and what it stands on.
        public let decision: CampaignDecision
        /// Whom to contact, CSV.
        public let list: [UInt8]
        /// Who is left alone, CSV.
        public let heldOut: [UInt8]
    }

    /// What is asked for.
    public let request: Request
    /// Draws lots.
    public let key: CampaignKey
    /// How many threads work; the result does not depend on it.
    public let threads: Int

    /// Creates a workflow.
    public init(_ request: Request, key: CampaignKey, threads: Int) {
        self.request = request
        self.key = key
        self.threads = threads
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - read: The customers.
    ///   - terms: What the choice stands on.
    ///   - saved: The model.
    ///   - explain: Tells the reasons of some of the file's rows, ascending or not, for a list with reasons.
    /// - Returns: The decision, the same for the same arguments.
    /// - Throws: `CampaignError`, and what `explain` throws.
    public func decide(
        _ read: CampaignReader.Read,
        terms: CampaignTerms,
        by saved: SavedModel,
        explain: ([UInt32]) throws -> [CampaignFiles.Reasons?] = { _ in [] }
    ) throws -> Decided {
        let planner = CampaignPlanner(
            campaign: request.name,
            key: key,
            constraint: request.constraint,
            holdOut: request.holdOut,
            recalibration: try saved.record().recalibration,
            threads: threads
        )
        let plan = try planner.plan(read.customers)
        var reasons: [CampaignFiles.Reasons?] = []
        if request.reasons != nil {
            let listed = plan.members.indices.filter { plan.members[$0].arm == .contact }
            reasons = Array(repeating: nil, count: plan.members.count)
            let rows = listed.map { read.rows[plan.customers[$0]] }
            let lost = zip(listed, rows).filter { $0.1 == CampaignReader.Read.noRow }
                .map { plan.members[$0.0].customer }
            guard lost.isEmpty else {
                throw CampaignError(
                    .badData,
                    "\(lost.count) of the \(listed.count) customers of the list are not in \(read.beside?.path ?? "the data"), so"
                        + " that their reasons can't be told: \(CustomersBeside.told(lost)); add their rows, or leave out --reasons"
                )
            }
            let told = try explain(rows)
            for (member, own) in zip(listed, told) { reasons[member] = own }
        }
        let list = CampaignFiles.list(plan.members, reasons: request.reasons, reasonsOf: reasons)
        let heldOut = CampaignFiles.heldOut(plan.members)
        let decision = plan.decision(
            campaign: request.name,
            retainVersion: RetainVersion.current,
            horizonDays: request.horizonDays,
            model: CampaignDecision.Model(source: request.modelSource, digest: saved.digest),
            data: CampaignDecision.Data(
                name: request.dataName,
                digest: read.digest,
                isScored: request.isScored,
                identifier: read.identifier,
                value: read.value,
                asOf: read.asOf?.day.map { "\($0)" },
                rows: read.rowCount,
                rejected: read.rejected,
                beside: read.beside.map {
                    CampaignDecision.Data.Beside(name: $0.name, digest: $0.digest)
                }
            ),
            terms: terms,
            constraint: request.constraint,
            reasons: request.reasons,
            list: list,
            heldOut: heldOut
        )
        return Decided(members: plan.members, decision: decision, list: list, heldOut: heldOut)
    }

    /// Makes sure that a campaign's name is free.
    ///
    /// - Throws: `CampaignError` where it is not; `RecordStoreError`.
    public func checkName(in store: some CampaignStore) async throws {
        guard try await store.campaign(named: request.name) != nil else { return }
        throw CampaignError(
            .usage,
            "there is a campaign \"\(request.name)\" already; give this one another name, or look at it: retain campaign show"
                + " \(request.name)"
        )
    }

    /// Makes sure that nobody is in two campaigns at once.
    ///
    /// - Returns: How many are, where that is allowed.
    /// - Throws: `CampaignError` where somebody is and it is not allowed; `RecordStoreError`.
    public func checkOverlap(
        _ decided: Decided,
        in store: some CampaignStore,
        isAllowed: Bool
    ) async throws -> Int {
        let others = try await store.openCampaigns(of: decided.members.map(\.customer))
        var customers: [String] = []
        var campaigns: [String] = []
        for other in others {
            if customers.last != other.customer { customers.append(other.customer) }
            if !campaigns.contains(other.campaign) { campaigns.append(other.campaign) }
        }
        guard let first = others.first, !isAllowed else { return customers.count }
        let shown = customers.prefix(3).joined(separator: ", ")
        throw CampaignError(
            .refused,
            "\(customers.count) of the \(decided.members.count) chosen are in a campaign that is open (\(shown)"
                + (customers.count > 3 ? ", …" : "")
                + " in \(campaigns.joined(separator: ", "))), and one effect could not be told from the other; close it (retain"
                + " campaign close \(first.campaign)), take these customers out of the file, or give --allow-overlap"
        )
    }

    /// Keeps the decision on record, and then hands its files out.
    ///
    /// - Parameters:
    ///   - decided: The decision.
    ///   - store: The record.
    ///   - now: Milliseconds since 1970.
    ///   - outputs: Where the files go.
    /// - Throws: `FileError` before anything is kept; `RecordStoreError`; `CampaignError` that says how to get the files
    ///   where they could not be written afterwards.
    public func handOut(
        _ decided: Decided,
        keptIn store: some CampaignStore,
        at now: Int64,
        to outputs: CampaignOutputs
    ) async throws {
        let json = try decided.decision.json()
        // All that can fail early fails before the campaign is on record.
        var list = try AtomicFile(outputs.list)
        var heldOut = try AtomicFile(outputs.heldOut)
        var decision = try AtomicFile(outputs.decision)
        try heldOut.write(decided.heldOut)
        try decision.write(json)
        if outputs.list != "-" { try list.write(decided.list) }
        try await store.add(
            CampaignEntry(
                name: request.name,
                created: now,
                horizonDays: request.horizonDays,
                keyID: key.id,
                decision: String(decoding: json, as: UTF8.self)
            ),
            members: decided.members
        )
        do throws(FileError) {
            if outputs.list == "-" { try list.write(decided.list) }
            try list.commit()
            try heldOut.commit()
            try decision.commit()
        } catch {
            throw CampaignError(
                .cannotWrite,
                "\(error); the campaign is on record, and its files come again with: retain campaign reproduce \(request.name)"
                    + " DATA -o FILE"
            )
        }
    }
}

/// Where a campaign's files go: the list as it is named, the others beside it, by the campaign's name.
public struct CampaignOutputs: Equatable, Sendable {
    /// Whom to contact.
    public let list: String
    /// Who is left alone.
    public let heldOut: String
    /// What was decided.
    public let decision: String

    /// Names them.
    public init(list: String, campaign: String) {
        self.list = list
        let folder = list.lastIndex(of: "/").map { String(list[...$0]) } ?? ""
        heldOut = "\(folder)\(campaign).held-out.csv"
        decision = "\(folder)\(campaign).json"
    }
}
