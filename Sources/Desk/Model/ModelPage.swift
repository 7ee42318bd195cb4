import Markup
import Texts

/// How good the model is, and the versions there are.
public struct ModelPage: DeskPage, FramedPage {
    /// The model's name and version.
    public var name: String
    /// When it was trained, in milliseconds since 1970; nil where that is not known.
    public var trained: Int64?
    /// How good it is, in a sentence or two, in the language of the page.
    public var headline: String
    /// The figures that matter.
    public var figures: [Tile]
    /// What was predicted and what came true, by rising probability.
    public var calibration: [Bin]
    /// How it does for parts of the customers.
    public var slices: [Slice]
    /// The address of the model card; nil where there is none.
    public var card: String?
    /// The versions, the newest first.
    public var versions: [Version]
    /// What the gate looked at before this version was let through.
    public var gate: [Check]
    /// Who would enter and leave the list with another version; nil where that was not asked.
    public var moves: Moves?

    /// Customers with similar predictions.
    public struct Bin: Sendable {
        /// The mean probability that was predicted.
        public var predicted: Double
        /// The part that left.
        public var observed: Double
        /// How many customers.
        public var customers: Int

        /// Creates a bin.
        public init(
            predicted: Double,
            observed: Double,
            customers: Int
        ) {
            self.predicted = predicted
            self.observed = observed
            self.customers = customers
        }
    }

    /// A part of the customers.
    public struct Slice: Sendable {
        /// Who they are, in the language of the page: `Germany`.
        public var name: String
        /// How many there are.
        public var customers: Int
        /// The part that left.
        public var observed: Double
        /// How well the model ranks them: the area under the ROC curve; nil where there are too few.
        public var area: Double?

        /// Creates a part.
        public init(
            name: String,
            customers: Int,
            observed: Double,
            area: Double? = nil
        ) {
            self.name = name
            self.customers = customers
            self.observed = observed
            self.area = area
        }
    }

    /// A version of the model.
    public struct Version: Sendable {
        /// Its name.
        public var name: String
        /// When it was made, in milliseconds since 1970.
        public var date: Int64
        /// What it is used for.
        public var role: Role
        /// What the gate said, in the language of the page; empty for nothing.
        public var note: String = ""
        /// Where it is told who would enter and leave the list if it answered; nil for the version that answers.
        public var comparison: String?

        /// Creates a version.
        public init(
            name: String,
            date: Int64,
            role: Role,
            note: String = "",
            comparison: String? = nil
        ) {
            self.name = name
            self.date = date
            self.role = role
            self.note = note
            self.comparison = comparison
        }
    }

    /// What a version is used for.
    public enum Role: Sendable {
        /// It answers.
        case champion
        /// It is watched beside the champion.
        case challenger
        /// It was refused by the gate.
        case refused
        /// None of these.
        case idle
    }

    /// Something that the gate looked at.
    public struct Check: Sendable {
        /// What it is, in the language of the page.
        public var text: String
        /// Whether it passed.
        public var hasPassed: Bool

        /// Creates a check.
        public init(
            text: String,
            hasPassed: Bool
        ) {
            self.text = text
            self.hasPassed = hasPassed
        }
    }

    /// How the list would change.
    public struct Moves: Sendable {
        /// The version that answers.
        public var from: String
        /// The version that would take its place.
        public var to: String
        /// How many customers were compared.
        public var customers: Int
        /// How many of them the list holds.
        public var listed: Int
        /// Who would come onto the list.
        public var enters: [Move]
        /// Who would not be on it any more.
        public var leaves: [Move]

        /// Creates a change.
        public init(
            from: String,
            to: String,
            customers: Int,
            listed: Int,
            enters: [Move],
            leaves: [Move]
        ) {
            self.from = from
            self.to = to
            self.customers = customers
            self.listed = listed
            self.enters = enters
            self.leaves = leaves
        }
    }

    /// A customer whose place changes.
    public struct Move: Sendable {
        /// The customer's identifier.
        public var identifier: String
        /// The probability by the version before.
        public var before: Double
        /// The probability by the version after.
        public var after: Double

        /// Creates a move.
        public init(
            identifier: String,
            before: Double,
            after: Double
        ) {
            self.identifier = identifier
            self.before = before
            self.after = after
        }
    }

    /// Creates a page.
    public init(
        name: String,
        trained: Int64? = nil,
        headline: String,
        figures: [Tile],
        calibration: [Bin],
        slices: [Slice],
        card: String? = nil,
        versions: [Version],
        gate: [Check],
        moves: Moves? = nil
    ) {
        self.name = name
        self.trained = trained
        self.headline = headline
        self.figures = figures
        self.calibration = calibration
        self.slices = slices
        self.card = card
        self.versions = versions
        self.gate = gate
        self.moves = moves
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .model }

    func title(_ language: Language) -> String { DeskSection.model.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let since: HTML =
            trained.map {
                "<p class=\"quiet\">\(language("trained on \(language.date($0))", "treinado em \(language.date($0))"))</p>"
            } ?? ""
        let link: HTML =
            card.map {
                "<a class=\"button\" href=\"\(exact: $0)\">\(language("Model card", "Ficha do modelo"))</a>"
            } ?? ""
        return """
            <div class="head"><div><h1>\(name)</h1>\(since)</div>\(link)</div>
            <section class="card" aria-label="\(language("How good it is", "Quão bom é"))"><p class="verdict">\(headline)</p></section>
            \(Tile.html(figures))
            <div class="pair">\(calibrationFigure(language))\(sliceTable(language))</div>
            <div class="pair">\(versionList(language))\(gateList(language))</div>
            \(moves.map { moved($0, language) } ?? "")
            """
    }
}
