import NIOHTTP1

/// What becomes of a connection after a request (RFC 9112, section 9.3).
enum Persistence: Equatable {
    case stays
    /// It stays, which a caller of HTTP/1.0 has to be told.
    case staysAsAsked
    case closes

    init(_ head: HTTPRequestHead, _ fields: RequestFields) {
        if !head.isKeepAlive || fields.isDoubtfulUpgrade {
            self = .closes
        } else {
            self = head.version < .http1_1 ? .staysAsAsked : .stays
        }
    }

    /// The value of `Connection` in the answer; nil where it needs none.
    var field: String? {
        switch self {
        case .stays: nil
        case .staysAsAsked: "keep-alive"
        case .closes: "close"
        }
    }
}

extension HTTPVersion {
    static func < (one: Self, other: Self) -> Bool {
        (one.major, one.minor) < (other.major, other.minor)
    }

    static func >= (one: Self, other: Self) -> Bool { !(one < other) }
}
