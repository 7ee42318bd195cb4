import Foundation
import HTTPTypes
import OpenAPI

/// A path as the service understands it.
struct RoutedPath: Equatable, Sendable {
    /// Nil for a path that leads nowhere.
    let route: Route?
    /// The model that the path names, and its version; nil where it names none.
    private(set) var model: String?
    private(set) var version: String?

    init(_ path: String) {
        if let route = Self.plain[path] {
            self.route = route
            return
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let found = Self.patterns.first { $0.matches(parts) }
        route = found?.route
        for (name, part) in zip(found?.parts ?? [], parts) {
            let value = String(part.dropLast(Pattern.suffix(of: name).count))
            if name.hasPrefix("{model}") { model = value.removingPercentEncoding }
            if name.hasPrefix("{version}") { version = value.removingPercentEncoding }
        }
    }

    /// The paths without a name in them.
    private static let plain = Dictionary(
        uniqueKeysWithValues: Route.allCases.filter { !$0.rawValue.contains("{") }
            .map { ($0.rawValue, $0) }
    )

    /// The others, part by part.
    private static let patterns = Route.allCases.flatMap { route in
        [route.rawValue, route.versionedPath].compactMap(\.self)
            .filter { $0.contains("{") }.map { Pattern($0, route) }
    }

    private struct Pattern {
        let route: Route
        let parts: [Substring]

        init(_ path: String, _ route: Route) {
            self.route = route
            parts = path.split(separator: "/", omittingEmptySubsequences: false)
        }

        func matches(_ others: [Substring]) -> Bool {
            parts.count == others.count
                && zip(parts, others).allSatisfy {
                    guard $0.hasPrefix("{") else { return $0 == $1 }
                    let suffix = Self.suffix(of: $0)
                    return suffix.isEmpty || $1.hasSuffix(suffix) && $1.count > suffix.count
                }
        }

        /// What stands behind a name in braces, as `:explain`; empty where there is none.
        static func suffix(of part: Substring) -> Substring {
            guard part.hasPrefix("{"), let end = part.firstIndex(of: "}") else { return "" }
            return part[part.index(after: end)...]
        }
    }
}

extension Route {
    /// What may be asked of it.
    var methods: [HTTPRequest.Method] {
        switch entry.method {
        case .get: [.get, .head]
        case .post: [.post]
        }
    }

    /// Whether it is refused where too many requests are in work; probes are answered even then.
    var isWork: Bool { entry.takes != nil }
}

extension Route? {
    /// As metrics and logs have it.
    var label: String { self?.rawValue ?? "unknown" }
}
