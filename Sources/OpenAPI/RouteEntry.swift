/// All that is known of a route beside its path.
public struct RouteEntry: Equatable, Sendable {
    /// What may be asked; `get` stands for `HEAD`, too.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// A chapter of the description.
    public enum Tag: String, CaseIterable, Sendable {
        case predictions
        case operations
        case mlflow = "MLflow"
        case inference = "Open Inference Protocol"
        case kserve = "KServe"

        var description: String {
            switch self {
            case .predictions: "Who is about to leave, and the truth."
            case .operations: "How the service is."
            case .mlflow: "MLflow's scoring protocol."
            case .inference: "Version 2, over REST, with Triton's binary tensors."
            case .kserve: "Version 1 of KServe's protocol: explanations."
            }
        }
    }

    /// What a request brings.
    public enum Body: Sendable {
        case customers, explained, outcomes, frame, tensors, instances
    }

    /// What an answer brings.
    public enum Answer: Sendable {
        case predictions, explanations, outcomeReceipt, frame, drift, performance, instances
        /// An object of JSON that is not described further.
        case object
        case text
        case page
    }

    /// What may stand behind the path's question mark.
    public struct Query: Equatable, Sendable {
        /// What its value may be.
        public enum Kind: Equatable, Sendable {
            case count(ClosedRange<Int>)
            case truth
            case word([String])
        }

        /// Its name.
        public let name: String
        /// What its value may be.
        public let kind: Kind
        /// What it asks for.
        public let description: String

        /// `reasons`: how many columns are told of.
        public static let reasons = Query(
            name: "reasons",
            kind: .count(1 ... 1_000),
            description: "Tell so many columns that weigh most in each score."
        )
        /// `pairs`: how reasons are sampled.
        public static let pairs = Query(
            name: "pairs",
            kind: .count(1 ... 20),
            description:
                "Sample so many orders of the columns, and their reverses, for each reference customer; by default exact where that is fast, else 2."
        )
        /// `levers`: whether the levers are searched.
        public static let levers = Query(
            name: "levers",
            kind: .truth,
            description:
                "Also search what the company can change for the cheapest way below the threshold."
        )
        /// `before`: since when scores moved.
        public static let before = Query(
            name: "before",
            kind: .word(["record"]),
            description:
                "Also tell why each score moved since the record's last prediction of the customer that was another; customers are found by their identifier."
        )
        /// `language`: in which sentences are.
        public static let language = Query(
            name: "language",
            kind: .word(["en", "pt-BR"]),
            description: "In which sentences are; by default en."
        )
    }

    /// How it is asked.
    public let method: Method
    /// Names the operation in programs that are made from the description.
    public let id: String
    /// Where it stands in the description.
    public let tag: Tag
    /// What it does, in a few words.
    public let summary: String
    /// What a key must open; nil where nobody needs one.
    public let scope: AccessScope?
    /// What the summary leaves out.
    public let details: String?
    /// The request's body; nil where it has none.
    public let takes: Body?
    /// The answer's body.
    public let gives: Answer
    /// The operation's name with a version of the model in its path; nil where the path can't have one.
    public let versioned: String?
    /// What may stand behind the path's question mark.
    public let queries: [Query]
    private let problems: [Int]

    init(
        _ method: Method,
        _ id: String,
        _ tag: Tag,
        _ summary: String,
        scope: AccessScope? = nil,
        details: String? = nil,
        takes: Body? = nil,
        gives: Answer = .object,
        problems: [Int] = [],
        queries: [Query] = [],
        versioned: String? = nil
    ) {
        self.method = method
        self.id = id
        self.tag = tag
        self.summary = summary
        self.scope = scope
        self.details = details
        self.takes = takes
        self.gives = gives
        self.problems = problems
        self.queries = queries
        self.versioned = versioned
    }

    /// What it may be refused with: status codes in order.
    func problems(requiresKeys: Bool) -> [Int] {
        var all = Set(problems)
        if takes != nil { all.formUnion([400, 413, 415, 503]) }
        if scope != nil { all.formUnion(requiresKeys ? [401, 403, 429] : [429]) }
        return all.sorted()
    }
}
