import Files
private import Kernels

/// The secret by which lots are drawn: who has it can draw them again, nobody else can foresee or steer them.
public struct CampaignKey: Equatable, Sendable {
    /// What lots are drawn for; those of one purpose say nothing of another's.
    public enum Purpose: String, Sendable {
        /// Which of a block's customers is held out.
        case holdOut = "holdout"
        /// Which of equals comes first.
        case tie
    }

    /// The secret.
    public let bytes: [UInt8]

    /// Takes a secret.
    ///
    /// - Precondition: It is not empty.
    public init(_ bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "a key needs bytes")
        self.bytes = bytes
    }

    /// Makes a secret of 256 random bits.
    public static func make() -> CampaignKey {
        CampaignKey((0 ..< Digest.size).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Names the key without telling it: the first 16 hexadecimal digits of its SHA-256.
    public var id: String { String(SHA256.digest(of: bytes).hexadecimal.prefix(16)) }

    /// A customer's lot: the first 8 bytes, the highest first, of HMAC-SHA-256 over `retain`, the purpose, the campaign and
    /// the customer's identifier, with a byte 0 between them.
    ///
    /// - Complexity: O(bytes).
    public func lot(
        _ purpose: Purpose,
        campaign: String,
        customer: some Sequence<UInt8>
    ) -> UInt64 {
        var codes = AuthenticationCodes(key: bytes)
        return codes.lot(Self.beginning(purpose, campaign) + customer)
    }

    /// What stands before each customer's identifier.
    private static func beginning(_ purpose: Purpose, _ campaign: String) -> [UInt8] {
        Array("retain\0\(purpose.rawValue)\0\(campaign)\0".utf8)
    }

    /// The lots of some customers.
    ///
    /// - Parameters:
    ///   - purpose: What they are drawn for.
    ///   - campaign: Names the campaign.
    ///   - places: Where each customer's identifier is among `identifiers`.
    ///   - identifiers: The customers' identifiers.
    ///   - threads: How many threads work.
    /// - Returns: Shape of `places`.
    func lots(
        _ purpose: Purpose,
        campaign: String,
        _ places: [Int],
        of identifiers: IdentifierList,
        threads: Int
    ) -> [UInt64] {
        let size = 4_096
        let beginning = Self.beginning(purpose, campaign)
        return concurrentMap((places.count + size - 1) / size, threads: threads) { piece in
            var codes = AuthenticationCodes(key: bytes)
            var message = beginning
            var lots: [UInt64] = []
            lots.reserveCapacity(size)
            for place in places[piece * size ..< min(places.count, (piece + 1) * size)] {
                message.removeSubrange(beginning.count...)
                message += identifiers[place]
                lots.append(codes.lot(message))
            }
            return lots
        }
        .flatMap(\.self)
    }
}

extension AuthenticationCodes {
    fileprivate mutating func lot(_ message: [UInt8]) -> UInt64 {
        code(of: message).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
