import Output
public import Schema

/// The description of all routes of a service, for the model's own columns.
///
/// OpenAPI 3.1.0: https://spec.openapis.org/oas/v3.1.0. The same schema and service give the same bytes.
public struct OpenAPIDocument: Sendable {
    private let document: JSONValue

    /// Describes a service.
    ///
    /// - Parameters:
    ///   - schema: Tells what a customer is: names, ranges, levels, what may be missing.
    ///   - service: Tells the rest.
    public init(_ schema: Schema, service: ServiceDescription) {
        let customer = CustomerDescription(schema)
        let routes = RouteDescriptions(customer, service)
        var members: [(String, JSONValue)] = [
            ("openapi", "3.1.0"),
            (
                "info",
                [
                    "title": "Retain", "version": .string(service.programVersion),
                    "description": .string(Self.introduction(service)),
                ]
            ), ("servers", [["url": "/"]]),
            (
                "tags",
                .array(
                    RouteEntry.Tag.allCases.map {
                        ["name": .string($0.rawValue), "description": .string($0.description)]
                    }
                )
            ), ("paths", routes.paths),
            ("components", ComponentDescriptions(customer, service).components),
        ]
        if service.requiresKeys { members.append(("security", [["bearer": []], ["header": []]])) }
        document = .object(members)
    }

    /// The document as it is sent.
    public var json: [UInt8] {
        var json: [UInt8] = []
        document.write(to: &json)
        return json
    }

    private static func introduction(_ service: ServiceDescription) -> String {
        "Finds the customers who are about to leave. Model \(service.modelName),"
            + " version \(service.modelVersion). Names of columns match without regard to case, spaces and"
            + " underscores; encoded columns (COLUMN_LEVEL: 0 or 1) are accepted in place of a column with levels."
    }
}
