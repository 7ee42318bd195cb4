import Markup
import Texts

/// What was just done, or why it was not.
public struct DeskNotice: Sendable {
    /// How it ended.
    public enum Kind: String, Sendable {
        /// It is done.
        case done
        /// It is done, and there is something to know.
        case warning
        /// It is not done.
        case problem
    }

    /// How it ended.
    public var kind: Kind
    /// In a sentence, in the language of the frame: what became of it and, where it failed, what to do.
    public var text: String
    /// What takes it back; nil where nothing does.
    public var undo: Undo?

    /// A mark that takes another back.
    public struct Undo: Sendable {
        /// Whose mark it is.
        public var customer: String
        /// The campaign's name.
        public var campaign: String
        /// When the mark was made, in milliseconds since 1970: a later one by somebody else stays.
        public var seen: Int64

        /// Creates a way back.
        public init(
            customer: String,
            campaign: String,
            seen: Int64
        ) {
            self.customer = customer
            self.campaign = campaign
            self.seen = seen
        }
    }

    /// Creates a notice.
    public init(
        kind: Kind,
        text: String,
        undo: Undo? = nil
    ) {
        self.kind = kind
        self.text = text
        self.undo = undo
    }

    func html(_ frame: DeskFrame) -> HTML {
        let back: HTML =
            (frame.mayAct ? undo : nil).map {
                """
                <form method="post" action="\(DeskPath.marks)" data-live="notice summary queue-list customer">\(frame.tokenField)\
                <input type="hidden" name="campaign" value="\(exact: $0.campaign)">\
                <input type="hidden" name="seen" value="\(String($0.seen))">\
                <input type="hidden" name="back" value="\(exact: frame.address)">\
                <button name="mark" value="undo \(exact: $0.customer)">\(frame.language("Undo", "Desfazer"))</button></form>
                """
            } ?? ""
        return "<div class=\"notice \(kind.rawValue)\"><p>\(text)</p>\(back)</div>"
    }
}
