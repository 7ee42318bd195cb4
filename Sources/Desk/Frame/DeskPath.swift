public import Texts

/// The paths that pages link to and that forms go to.
///
/// All but ``today`` begin with `/desk/`, so that they stay apart from those of the API.
public enum DeskPath {
    /// The open campaign's queue.
    public static let today = "/"
    /// Takes the form of the sign-in: `key`, `next`, `token`.
    public static let signIn = "/desk/sign-in"
    /// Ends a session: `token`.
    public static let signOut = "/desk/sign-out"
    /// Goes on in another language.
    public static func language(_ language: Language, back: String) -> String {
        query("/desk/language", [("to", language.rawValue), ("back", back)])
    }

    /// Loads simulated customers: `token`.
    public static let simulate = "/desk/simulate"
    /// Takes a mark: `mark` (an outcome's word, a space and the customer's identifier), `campaign`, `seen`, `back`, `token`.
    public static let marks = "/desk/marks"
    /// The form of a new campaign; takes it too.
    public static let newCampaign = "/desk/campaigns/new"
    /// Takes a campaign that was looked at and is to be drawn.
    public static let draw = "/desk/campaigns/draw"
    /// Ends a campaign: `campaign`, `token`.
    public static let close = "/desk/campaigns/close"
    /// Takes a file of customers: `file`, `as-of`, `token`.
    public static let upload = "/desk/customers/upload"
    /// Compares the runs that `run` names, twice or more.
    public static let compareRuns = "/desk/runs/compare"

    /// The page of a customer.
    public static func customer(_ identifier: String) -> String {
        "/desk/customers/of/" + encoded(identifier)
    }

    /// Takes what-if: `set.COLUMN` for each column, `token`.
    public static func whatIf(_ identifier: String) -> String { customer(identifier) + "/what-if" }

    /// The page of a campaign.
    public static func campaign(_ name: String) -> String {
        "/desk/campaigns/of/" + encoded(name)
    }

    /// A campaign's list as CSV.
    public static func export(_ name: String) -> String { campaign(name) + "/list.csv" }

    /// Whether a campaign was worth it.
    public static func worth(_ name: String) -> String { "/desk/worth/" + encoded(name) }

    /// An asset of this name.
    public static func asset(_ name: String) -> String { "/desk/assets/" + name }

    /// A path with fields behind it, in their order; those without a value are left out.
    public static func query(_ path: String, _ fields: [(name: String, value: String)]) -> String {
        let told = fields.filter { !$0.value.isEmpty }
            .map { encoded($0.name) + "=" + encoded($0.value) }
        return told.isEmpty ? path : path + "?" + told.joined(separator: "&")
    }

    /// A text as a part of a path or of a query (RFC 3986): all but unreserved characters as `%` and two digits.
    public static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30 ... 0x39, 0x41 ... 0x5A, 0x61 ... 0x7A, 0x2D, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            // A part that is one or two dots would be taken away by a browser.
            case 0x2E where text.utf8.count > 2: result += "."
            default:
                result += "%"
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return result
    }
}
