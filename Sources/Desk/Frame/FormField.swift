import Markup
import Texts

/// A labelled control of a form.
struct FormField {
    enum Control {
        /// One of these; the chosen value may be none of them.
        case choice([FieldOption])
        /// A number as digits and a point, whatever the language of the page.
        case number(minimum: Double?, maximum: Double?, step: String)
        case text
        /// A day as `2026-11-30`.
        case date
        case search
        case secret
        case file(accept: String)
    }

    /// Names the field in the form.
    let name: String
    /// Unique on the page.
    let id: String
    let label: String
    let control: Control
    var value = ""
    /// What there is to know, under the control.
    var hint = ""
    /// Why what came was refused; empty where it was not.
    var fault = ""
    var isRequired = false
    /// Whether the label is only for those who can't see that it is clear.
    var isLabelHidden = false

    var html: HTML {
        let hidden: HTML = isLabelHidden ? " class=\"unseen\"" : ""
        let note: HTML =
            hint.isEmpty ? "" : "<p class=\"hint\" id=\"\(id)-hint\">\(hint)</p>"
        let wrong: HTML =
            fault.isEmpty ? "" : "<p class=\"fault\" id=\"\(id)-fault\">\(fault)</p>"
        return """
            <div class="field"><label for="\(id)"\(hidden)>\(label)</label>\(element)\(wrong)\(note)</div>
            """
    }

    private var attributes: HTML {
        let told = (fault.isEmpty ? [] : [id + "-fault"]) + (hint.isEmpty ? [] : [id + "-hint"])
        let described: HTML =
            told.isEmpty ? "" : " aria-describedby=\"\(told.joined(separator: " "))\""
        let invalid: HTML = fault.isEmpty ? "" : " aria-invalid=\"true\""
        let required: HTML = isRequired ? " required" : ""
        return "id=\"\(id)\" name=\"\(exact: name)\"\(described)\(invalid)\(required)"
    }

    private var element: HTML {
        switch control {
        case .choice(let options):
            let known = options.contains { $0.value == value }
            let own: [FieldOption] = known ? [] : [FieldOption(value: value, text: value)]
            return
                "<select \(attributes)>\((own + options).map { $0.html(chosen: value) })</select>"
        case .number(let minimum, let maximum, let step):
            let low: HTML = minimum.map { " min=\"\(exact: Self.plain($0))\"" } ?? ""
            let high: HTML = maximum.map { " max=\"\(exact: Self.plain($0))\"" } ?? ""
            // Browsers complain of anything else, and show nothing.
            let number = Double(value).map(\.isFinite) == true ? value : ""
            return
                "<input type=\"number\" inputmode=\"decimal\" \(attributes) value=\"\(exact: number)\"\(low)\(high) step=\"\(step)\">"
        case .text: return input("text")
        case .date: return input("date")
        case .search: return input("search")
        case .secret:
            return
                "<input type=\"password\" autocomplete=\"current-password\" \(attributes)>"
        case .file(let accept):
            return "<input type=\"file\" \(attributes) accept=\"\(accept)\">"
        }
    }

    private func input(_ type: HTML) -> HTML {
        "<input type=\"\(type)\" \(attributes) value=\"\(exact: value)\">"
    }

    /// Asks for the day that a file's customers are as of.
    static func asOf(_ value: String, fault: String, _ language: Language) -> FormField {
        FormField(
            name: "as-of",
            id: "as-of",
            label: language("As of", "Data dos dados"),
            control: .date,
            value: value,
            hint: language(
                "the day on which the file was true; empty for today",
                "o dia em que o arquivo valia; vazio para hoje"
            ),
            fault: fault
        )
    }

    /// A number as browsers take it.
    private static func plain(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15
            ? String(Int(number)) : number.description
    }
}

/// A value that can be chosen, and how it is shown.
public struct FieldOption: Sendable, Equatable {
    /// As the form sends it.
    public var value: String
    /// As people read it.
    public var text: String

    /// Creates an option.
    public init(
        value: String,
        text: String
    ) {
        self.value = value
        self.text = text
    }

    func html(chosen: String) -> HTML {
        let mark: HTML = value == chosen ? " selected" : ""
        return "<option value=\"\(exact: value)\"\(mark)>\(text)</option>"
    }
}
