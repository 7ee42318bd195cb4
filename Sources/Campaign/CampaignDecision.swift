public import Evaluation
import FoundationEssentials
import Output

/// A campaign as it was decided, with all that the decision stands on; `NAME.json`, and in the record.
public struct CampaignDecision: Codable, Equatable, Sendable {
    /// Names the campaign.
    public var campaign: String
    /// The version of Retain that decided.
    public var retainVersion: String
    /// Within how many days leaving counts.
    public var horizonDays: Int
    /// By what customers were scored.
    public var model: Model
    /// Among whom was chosen.
    public var data: Data
    /// What the choice stood on.
    public var terms: CampaignTerms
    /// What limited it.
    public var constraint: CampaignConstraint
    /// What was chosen.
    public var choice: Choice
    /// Who is left alone.
    public var holdOut: HoldOut
    /// What contacting those on the list earns, and what that costs.
    public var expected: Expected
    /// The next ten, the nearest first.
    public var justOutside: [Outside]
    /// How many reasons stand beside each customer of the list; nil for none.
    public var reasons: Int?
    /// The files that were handed out.
    public var files: Files

    /// By what customers were scored.
    public struct Model: Codable, Equatable, Sendable {
        /// As it was named.
        public var source: String
        /// Names its content.
        public var digest: String

        /// Names a model.
        public init(source: String, digest: String) {
            self.source = source
            self.digest = digest
        }
    }

    /// Among whom was chosen.
    public struct Data: Codable, Equatable, Sendable {
        /// The file's name, without its folder.
        public var name: String
        /// SHA-256 of the file.
        public var digest: String
        /// Whether its customers came with their probabilities.
        public var isScored: Bool
        /// The column that names customers.
        public var identifier: String
        /// The column that holds customers' values; nil where all are worth the same.
        public var value: String?
        /// From which day dates were counted back; nil where there are none.
        public var asOf: String?
        /// Rows of the file.
        public var rows: Int
        /// Rows that break the schema, who could not be scored or chosen.
        public var rejected: Int
        /// The data that was read beside a file of scores; nil where there was none.
        public var beside: Beside?

        /// Data beside a file of scores, from which reasons are told or amounts come.
        public struct Beside: Codable, Equatable, Sendable {
            /// The file's name, without its folder.
            public var name: String
            /// SHA-256 of the file.
            public var digest: String

            /// Names a file.
            public init(name: String, digest: String) {
                self.name = name
                self.digest = digest
            }
        }

        /// Describes a file.
        public init(
            name: String,
            digest: String,
            isScored: Bool,
            identifier: String,
            value: String?,
            asOf: String?,
            rows: Int,
            rejected: Int,
            beside: Beside? = nil
        ) {
            self.name = name
            self.digest = digest
            self.isScored = isScored
            self.identifier = identifier
            self.value = value
            self.asOf = asOf
            self.rows = rows
            self.rejected = rejected
            self.beside = beside
        }
    }

    /// What was chosen.
    public struct Choice: Codable, Equatable, Sendable {
        /// Customers among whom was chosen.
        public var considered: Int
        /// Customers worth no more than each offer costs.
        public var worthless: Int
        /// Customers whom contacting pays.
        public var paying: Int
        /// Customers chosen, the held-out ones among them.
        public var chosen: Int
        /// What contacting all of them would earn.
        public var expectedProfit: Double
        /// What counts against the budget, were all of them contacted.
        public var cost: Double
        /// No other choice earns more than this.
        public var bound: Double
        /// By which share of its profit the choice may fall short of the best.
        public var gap: Double
        /// What one more unit of budget would earn; nil where the budget is no limit.
        public var perUnitOfBudget: Double?
        /// What one more contact would earn; nil where contacts are no limit.
        public var perContact: Double?
        /// The least expected profit of those chosen.
        public var cut: Double
    }

    /// Who is left alone.
    public struct HoldOut: Codable, Equatable, Sendable {
        /// The share asked for; nil for as many as the assumed effect needs.
        public var asked: Double?
        /// How many are held out.
        public var customers: Int
        /// How many are contacted.
        public var contacted: Int
        /// What contacting the held-out customers would earn.
        public var price: Double
        /// Share of the chosen who would leave.
        public var expectedChurn: Double
        /// By how much contacting is to show at least: half the assumed effect, in 0...1.
        public var effect: Double
        /// The chance that this shows at the end; nil without a hold-out.
        public var power: Double?
        /// The smallest effect that shows with a chance of 80 %; nil where none does.
        public var detectable: Double?
        /// Names the key that drew.
        public var keyId: String
    }

    /// What contacting those on the list earns.
    public struct Expected: Codable, Equatable, Sendable {
        /// On average.
        public var profit: Double
        /// What it costs on average.
        public var cost: Double
        /// What it costs where every offer is taken.
        public var mostCost: Double
        /// How far the profit may be off.
        public var interval: ProfitInterval
    }

    /// A customer just outside.
    public struct Outside: Codable, Equatable, Sendable {
        /// The identifier.
        public var customer: String
        /// The offer that would earn most.
        public var offer: String
        /// The probability of leaving.
        public var probability: Double
        /// What contacting would earn.
        public var expectedProfit: Double
        /// What it would cost.
        public var expectedCost: Double
        /// How much more contacting would have to earn to be chosen.
        public var distance: Double
        /// Whether it earns as much as some of those chosen, and was left out because of what it costs.
        public var isSkipped: Bool
    }

    /// SHA-256 of the files.
    public struct Files: Codable, Equatable, Sendable {
        /// Of the list.
        public var list: String
        /// Of those held out.
        public var heldOut: String
    }
}

extension CampaignDecision {
    /// Reads what `json()` writes.
    ///
    /// - Throws: `DecodingError` where it is something else.
    public init(json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: FoundationEssentials.Data(json.utf8))
    }

    /// The decision as JSON, in snake case.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    public func json() throws -> [UInt8] {
        try encodedJSON(self, indented: true, keys: .convertToSnakeCase) + [UInt8(ascii: "\n")]
    }
}
