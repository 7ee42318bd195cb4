import HTTPTypes
import Output
import Wire

extension Problem {
    /// The problem with the members by which MLflow's clients know errors, beside ours.
    var jsonForMLflow: [UInt8] {
        members.with(["error_code": .string(mlflowCode), "message": .string(mlflowMessage)]).bytes()
    }

    /// MLflow's word for the status, as its servers send it.
    private var mlflowCode: String {
        switch status.code {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "ENDPOINT_NOT_FOUND"
        case 429: "REQUEST_LIMIT_EXCEEDED"
        case 500: "INTERNAL_ERROR"
        case 501: "NOT_IMPLEMENTED"
        case 503: "TEMPORARILY_UNAVAILABLE"
        default: "BAD_REQUEST"
        }
    }

    /// What is wrong in one line, of many fields the first.
    private var mlflowMessage: String {
        let shown = fields.prefix(Self.mostFields).map(\.description)
        let others = fields.count - shown.count
        return ([detail] + shown + (others > 0 ? ["And \(others) more."] : []))
            .joined(separator: " ")
    }

    private static let mostFields = 8
}
