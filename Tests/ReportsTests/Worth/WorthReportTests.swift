import Campaign
import Foundation
import Reports
import Testing
import Texts

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct WorthReportTests {
    /// Blocks of ten, one of each held out; of contacted and held-out a fixed share leaves.
    private static func report(
        blocks: Int = 120,
        contactedLeave: Int = 3,
        heldOutLeave: Double = 0.5,
        state: MemberTruth.State = .matured,
        contaminated: Int = 0,
        language: Language = .english
    ) throws -> WorthReport {
        var members: [CampaignMember] = []
        var truths: [MemberTruth] = []
        for block in 0 ..< blocks {
            for place in 0 ..< 10 {
                let isContact = place > 0
                let customer = "<b>\(block)-\(place)"
                members.append(
                    CampaignMember(
                        customer: customer,
                        arm: isContact ? .contact : .heldOut,
                        block: block,
                        rank: block * 10 + place + 1,
                        offer: "rebate",
                        probability: 0.7 - 0.5 * Double(block) / Double(blocks),
                        value: 200,
                        expectedProfit: 12,
                        expectedCost: 5
                    )
                )
                let leaves =
                    isContact
                    ? place <= contactedLeave
                    : Double(block * 7 % 10) < 10 * heldOutLeave
                truths.append(
                    MemberTruth(
                        customer: customer,
                        state: state,
                        left: state == .matured ? leaves : nil,
                        contacted: isContact || block < contaminated,
                        cost: isContact ? 5 : nil
                    )
                )
            }
        }
        return WorthReport(
            name: "spring",
            horizonDays: 90,
            asOf: "2027-03-01",
            worth: try CampaignWorth(members: members, truths: truths),
            language: language
        )
    }

    @Test func `a campaign that works says how many stayed and what it earned`() throws {
        let text = try Self.report().text
        #expect(text.contains("It was worth it"))
        #expect(text.contains("Customers saved: 180 of 1,080 contacted (95 %: "))
        #expect(text.contains("Money earned, costs taken off"))
        #expect(text.contains("33.3 %") && text.contains("50.0 %"))
        #expect(!text.contains("Before you rely on it"))
        #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func `the Portuguese report has its own words and marks`() throws {
        let text = try Self.report(language: .portuguese).text
        #expect(text.contains("Valeu a pena") && text.contains("1.080") && text.contains("33,3 %"))
        for word in ["contacted", "matured", "Customers", "Evidence", "held"] {
            #expect(!text.contains(word), "\(word) in: \(text)")
        }
    }

    @Test func `harm is told at once`() throws {
        let report = try Self.report(contactedLeave: 8, heldOutLeave: 0.2)
        #expect(report.headline.contains("harm"))
        #expect(report.worth.isAlarming && report.alarm.contains("harm"))
    }

    @Test(arguments: [MemberTruth.State.open, .censored])
    func `nothing known is no evidence of anything`(state: MemberTruth.State) throws {
        let report = try Self.report(state: state)
        #expect(report.headline.hasPrefix("Nothing can be said") && report.findings.isEmpty)
        #expect(report.headline.contains("yet") == (state == .open))
        #expect(WorthPage(report).document.contains("Nothing can be said"))
        _ = try WorthDocument(report).json()
    }

    @Test func `held-out customers who were contacted are named, ten at most`() throws {
        let report = try Self.report(contaminated: 14)
        let caution = try #require(report.cautions.first)
        #expect(caution.contains("14 of 120 held-out customers were contacted"))
        #expect(caution.contains("and 4 more"))
        #expect(report.alarm == "14 held-out customers were contacted; find out by whom")
        #expect(try Self.report().alarm.isEmpty)
        #expect(report.text.contains("Before you rely on it:"))
    }

    @Test(arguments: Language.allCases)
    func `the page needs nothing else and escapes what it is given`(language: Language) throws {
        let page = WorthPage(try Self.report(contaminated: 3, language: language)).document
        #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
        #expect(!page.contains("<b>") && page.contains("&lt;b&gt;"))
        #expect(!page.contains("http://") || !page.contains("src="))
        #expect(page.components(separatedBy: "<svg").count == 4)
        #expect(page.utf8.count < 200_000)
        let parser = XMLParser(data: Data(page.replacing("<!DOCTYPE html>", with: "").utf8))
        #expect(parser.parse(), "the page is not well-formed: \(parser.parserError as Any)")
    }

    @Test func `the document says the same as the text`() throws {
        let report = try Self.report(contaminated: 2)
        let bytes = try WorthDocument(report).json()
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        )
        #expect(found["verdict"] as? String == "works")
        #expect(found["alarming"] as? Bool == true)
        #expect(found["headline"] as? String == report.headline)
        let saved = try #require(found["saved"] as? Double)
        #expect(abs(saved - 180) < 1e-9)
        let contamination = try #require(found["contamination"] as? [String: Any])
        #expect(contamination["held_out_contacted"] as? Int == 2)
    }

    @Test func `nobody at all can be reported on`() throws {
        let worth = try CampaignWorth(members: [], truths: [])
        let report = WorthReport(
            name: "empty",
            horizonDays: 90,
            asOf: "2027-03-01",
            worth: worth
        )
        #expect(report.text.contains("Nothing can be said yet"))
        #expect(WorthPage(report).document.contains("</html>"))
        _ = try WorthDocument(report).json()
    }
}
