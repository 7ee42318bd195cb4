import Markup
import Texts

/// How the service does.
public struct ServicePage: DeskPage, FramedPage {
    /// Since when it runs, in milliseconds since 1970.
    public var since: Int64
    /// How it does in a sentence, in the language of the page.
    public var verdict: String
    /// Whether somebody must look.
    public var isAlarming: Bool
    /// How many requests came in a second, over the last minutes.
    public var requestsPerSecond: Double
    /// How long half of the answers took at most, and 95 and 99 of a hundred, in milliseconds; nil where none was given.
    public var latency: Latency?
    /// How many answers were errors of the service, and how many of the caller.
    public var errors: Errors
    /// What waits to be recorded; nil without a record.
    public var queue: Queue?
    /// How the challenger does beside the champion; nil for none.
    public var shadow: Shadow?
    /// The versions that answered, the latest first.
    public var versions: [Share]
    /// What was asked for.
    public var routes: [Route]
    /// Requests in a second over time, the earliest first.
    public var traffic: [Moment]

    /// How long answers took, in milliseconds.
    public struct Latency: Sendable {
        /// Half of them took no longer.
        public var half: Double
        /// 95 of a hundred took no longer.
        public var most: Double
        /// 99 of a hundred took no longer.
        public var nearlyAll: Double

        /// Creates a latency.
        public init(
            half: Double,
            most: Double,
            nearlyAll: Double
        ) {
            self.half = half
            self.most = most
            self.nearlyAll = nearlyAll
        }
    }

    /// Answers that were errors.
    public struct Errors: Sendable {
        /// Of the service (5xx).
        public var own: Int
        /// Of the caller (4xx).
        public var callers: Int
        /// Of how many answers.
        public var answers: Int

        /// Creates counts.
        public init(
            own: Int,
            callers: Int,
            answers: Int
        ) {
            self.own = own
            self.callers = callers
            self.answers = answers
        }
    }

    /// What waits to be recorded.
    public struct Queue: Sendable {
        /// Predictions that wait.
        public var waiting: Int
        /// Predictions that can wait at most.
        public var capacity: Int
        /// Predictions that were not recorded, because too many waited.
        public var dropped: Int

        /// Creates a queue.
        public init(
            waiting: Int,
            capacity: Int,
            dropped: Int
        ) {
            self.waiting = waiting
            self.capacity = capacity
            self.dropped = dropped
        }
    }

    /// A challenger beside the champion.
    public struct Shadow: Sendable {
        /// The challenger's version.
        public var version: String
        /// How many customers both scored.
        public var customers: Int
        /// The part whom both put on the same side.
        public var agreement: Double
        /// How far their probabilities are apart on average.
        public var difference: Double

        /// Creates a shadow.
        public init(
            version: String,
            customers: Int,
            agreement: Double,
            difference: Double
        ) {
            self.version = version
            self.customers = customers
            self.agreement = agreement
            self.difference = difference
        }
    }

    /// A version and how much it answered.
    public struct Share: Sendable {
        /// The version.
        public var version: String
        /// How many customers it scored.
        public var customers: Int

        /// Creates a share.
        public init(
            version: String,
            customers: Int
        ) {
            self.version = version
            self.customers = customers
        }
    }

    /// A route and how it was used.
    public struct Route: Sendable {
        /// Its path.
        public var path: String
        /// How many requests came.
        public var requests: Int
        /// How many were answered by an error.
        public var errors: Int
        /// 95 of a hundred answers took no longer, in milliseconds; nil where that is not known.
        public var latency: Double?

        /// Creates a route.
        public init(
            path: String,
            requests: Int,
            errors: Int,
            latency: Double? = nil
        ) {
            self.path = path
            self.requests = requests
            self.errors = errors
            self.latency = latency
        }
    }

    /// A moment.
    public struct Moment: Sendable {
        /// In milliseconds since 1970.
        public var date: Int64
        /// Requests in a second.
        public var requests: Double

        /// Creates a moment.
        public init(
            date: Int64,
            requests: Double
        ) {
            self.date = date
            self.requests = requests
        }
    }

    /// Creates a page.
    public init(
        since: Int64,
        verdict: String,
        isAlarming: Bool,
        requestsPerSecond: Double,
        latency: Latency? = nil,
        errors: Errors,
        queue: Queue? = nil,
        shadow: Shadow? = nil,
        versions: [Share],
        routes: [Route],
        traffic: [Moment]
    ) {
        self.since = since
        self.verdict = verdict
        self.isAlarming = isAlarming
        self.requestsPerSecond = requestsPerSecond
        self.latency = latency
        self.errors = errors
        self.queue = queue
        self.shadow = shadow
        self.versions = versions
        self.routes = routes
        self.traffic = traffic
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .service }

    func title(_ language: Language) -> String { DeskSection.service.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let alarm: HTML = isAlarming ? " alarm" : ""
        return """
            <div class="head"><h1>\(title(language))</h1><p class="quiet">\(language("running since \(language.moment(since))", "rodando desde \(language.moment(since))"))</p></div>
            <section class="card\(alarm)" aria-label="\(language("State", "Situação"))"><p class="verdict">\(verdict)</p></section>
            \(Tile.html(tiles(language)))
            <div class="pair">\(figure(language))\(answered(language))</div>
            <div class="card">\(asked(language).html)</div>
            """
    }
}
