import Foundation
import OpenAPI
import Testing

@Suite struct RouteTests {
    @Test func `names of operations are used once`() {
        let names = Route.allCases.flatMap {
            [$0.entry.id] + [$0.entry.versioned].compactMap(\.self)
        }
        #expect(Set(names).count == names.count)
    }

    /// The document for people has a row for each route, with its method and its scope, and no other.
    @Test func `docs/http-api.md tells of every route`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/http-api.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let told = text.matches(of: #/(?m)^\| `(GET|POST) (\/[^`]*)` \| (?:`(\w+)`)? ?\|/#)
            .map { "\($0.1) \($0.2) \($0.3 ?? "")" }
        let known = Route.allCases.map {
            "\($0.entry.method.rawValue) \($0.rawValue) \($0.entry.scope?.rawValue ?? "")"
        }
        #expect(Set(told) == Set(known) && told.count == known.count)
    }

    @Test func `only a route of one model has versions`() {
        for route in Route.allCases {
            #expect((route.versionedPath != nil) == route.rawValue.hasPrefix("/v2/models/{model}"))
        }
        #expect(Route.infer.versionedPath == "/v2/models/{model}/versions/{version}/infer")
    }
}
