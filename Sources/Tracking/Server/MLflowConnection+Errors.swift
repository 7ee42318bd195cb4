import FoundationEssentials

extension MLflowConnection.Answer {
    /// What MLflow says of a failure; DagsHub says `error` alone.
    private struct Problem: Decodable {
        let errorCode: String?
        let message: String?
        let error: String?

        enum CodingKeys: String, CodingKey {
            case errorCode = "error_code"
            case message
            case error
        }
    }

    /// What an answer other than 200 means.
    func error(at address: String) -> TrackingError {
        func error(_ kind: TrackingError.Kind, _ problem: String) -> TrackingError {
            TrackingError(kind, at: address, problem)
        }
        let problem = try? JSONDecoder().decode(Problem.self, from: Data(body))
        let message = readable(problem?.message ?? problem?.error)
        switch (problem?.errorCode, status) {
        case ("RESOURCE_DOES_NOT_EXIST", _), ("NOT_FOUND", _): return error(.notFound, message)
        case ("RESOURCE_ALREADY_EXISTS", _), ("ALREADY_EXISTS", _):
            return error(.alreadyExists, message)
        case ("UNAUTHENTICATED", _), (_, 401):
            return error(
                .denied,
                "it does not know who asks (401); set MLFLOW_TRACKING_USERNAME and"
                    + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
            )
        case ("PERMISSION_DENIED", _), (_, 403):
            return error(.denied, "it does not allow this (403): \(message)")
        case (nil, 404), (_, 405), (_, 501), ("ENDPOINT_NOT_FOUND", _), ("NOT_IMPLEMENTED", _):
            return error(.unsupported, "it does not know this request (\(status)): \(message)")
        case (_, 408), (_, 429), (_, 500...):
            return error(.unreachable, "it can't answer at present (\(status)): \(message)")
        case (_, 300 ..< 400):
            let place = location.map { Secrets.masked(Self.printable($0)) } ?? "an unnamed place"
            return error(
                .unreachable,
                "it sends one on to \(place) (\(status)); give the address that answers in"
                    + " MLFLOW_TRACKING_URI"
            )
        default: return error(.invalid, message)
        }
    }

    /// The error of an answer that is well, but not of the form that MLflow's have.
    func isNotMLflow(at address: String) -> TrackingError {
        TrackingError(
            .unreachable,
            at: address,
            "its answer is not MLflow's (\(readable(nil))); check that MLFLOW_TRACKING_URI names an"
                + " MLflow server"
        )
    }

    /// One short line; of a page of HTML only that it is one.
    private func readable(_ message: String?) -> String {
        let text = message ?? text
        let isPage = message == nil && text.drop(while: \.isWhitespace).hasPrefix("<")
        if isPage { return "a web page" }
        let line = Self.printable(text)
        return line.isEmpty ? "no explanation" : Secrets.masked(String(line.prefix(300)))
    }

    /// A text of the server's without what would move the cursor or break the line.
    private static func printable(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars)).split(separator: " ")
            .joined(separator: " ")
    }
}
