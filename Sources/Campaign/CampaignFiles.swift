private import Output
private import Tabular

/// The files of a campaign that are handed out: whom to contact, and who is left alone.
public enum CampaignFiles {
    /// A customer's reasons, for the list.
    public struct Reasons: Equatable, Sendable {
        /// The columns and their points, the weightiest first.
        public var columns: [(name: String, points: Double)]

        /// Takes reasons.
        public init(_ columns: [(name: String, points: Double)]) { self.columns = columns }

        /// Whether columns and points are the same.
        public static func == (one: Reasons, other: Reasons) -> Bool {
            one.columns.elementsEqual(other.columns, by: ==)
        }
    }

    /// Whom to contact, by rank; nobody held out is in it.
    ///
    /// - Parameters:
    ///   - members: The chosen.
    ///   - reasons: How many reasons stand beside each; nil for none.
    ///   - reasonsOf: Each member's. Shape [members] where there are reasons.
    /// - Returns: CSV with a header.
    public static func list(
        _ members: [CampaignMember],
        reasons: Int? = nil,
        reasonsOf: [Reasons?] = []
    ) -> [UInt8] {
        var text = Array(
            "customer,rank,offer,probability,value,expected_profit,expected_cost".utf8
        )
        for reason in 0 ..< (reasons ?? 0) {
            text += ",reason_\(reason + 1),points_\(reason + 1)".utf8
        }
        text.append(0x0A)
        for (place, member) in members.enumerated() where member.arm == .contact {
            text.appendCSVField(member.customer)
            text.appendBehindComma("\(member.rank)")
            text.append(UInt8(ascii: ","))
            text.appendCSVField(member.offer)
            text.appendBehindComma("\(Float(member.probability))")
            text.appendBehindComma(numberText(member.value))
            text.appendBehindComma(numberText(cents(member.expectedProfit)))
            text.appendBehindComma(numberText(cents(member.expectedCost)))
            if let reasons {
                let own = place < reasonsOf.count ? reasonsOf[place]?.columns ?? [] : []
                for reason in 0 ..< reasons {
                    text.append(UInt8(ascii: ","))
                    guard reason < own.count else {
                        text.append(UInt8(ascii: ","))
                        continue
                    }
                    text.appendCSVField(own[reason].name)
                    text += ",\(NumberFormat.fixed(6).text(own[reason].points))".utf8
                }
            }
            text.append(0x0A)
        }
        return text
    }

    /// Who is left alone, by rank.
    public static func heldOut(_ members: [CampaignMember]) -> [UInt8] {
        var text = Array("customer,rank,block,probability,value,expected_profit\n".utf8)
        for member in members where member.arm == .heldOut {
            text.appendCSVField(member.customer)
            text += ",\(member.rank),\(member.block)".utf8
            text += ",\(Float(member.probability)),\(numberText(member.value))".utf8
            text += ",\(numberText(cents(member.expectedProfit)))\n".utf8
        }
        return text
    }

    /// Money as people count it.
    private static func cents(_ amount: Double) -> Double { (amount * 100).rounded() / 100 }
}

extension [UInt8] {
    /// Adds a comma and a number's text.
    fileprivate mutating func appendBehindComma(_ number: String) {
        append(UInt8(ascii: ","))
        append(contentsOf: number.utf8)
    }
}
