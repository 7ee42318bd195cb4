import Campaign
import Desk
import DeskServing
import Foundation
import Record
import Serving
import TestSupport
import Testing

/// The desk as a browser sees it, on a real record.
@Suite struct DeskSiteTests {
    @Test func `a fresh service leads to the first list`() async throws {
        let desk = try DeskFixture()
        let first = await desk.get("/")
        #expect(first.status == 200 && first.text.contains("Three steps to your first list"))
        let policy = first.headers.first { $0.name == "Content-Security-Policy" }?.value
        #expect(policy == DeskAsset.contentSecurityPolicy)
        let loaded = await desk.post(DeskPath.simulate, [("token", try desk.token(of: first))])
        #expect(loaded.text.contains("2,000 simulated customers were scored."))
        var fields = [
            ("token", try desk.token(of: loaded)), ("name", "spring"), ("source", "scored"),
            ("contacts", "60"), ("hold-out", "20"), ("horizon", "90"),
        ]
        let preview = await desk.post(DeskPath.newCampaign, fields)
        #expect(preview.status == 200, "\(preview.text)")
        #expect(try await desk.record.campaigns().isEmpty)
        let drawn = await desk.post(DeskPath.draw, fields)
        #expect(drawn.status == 200 && drawn.text.contains("spring"))
        let members = try await desk.record.members(of: "spring")
        #expect(members.count == 60 && members.count { $0.arm == .heldOut } == 12)
        let today = await desk.get("/")
        #expect(today.text.contains("48 of today’s 48 are still to be called."))
        // Those just outside get their reasons a little later.
        while !(await desk.get("/").text.split(separator: "id=\"outside\"").last ?? "")
            .contains("<span class=\"up\"")
        { try await Task.sleep(for: .milliseconds(20)) }
        // Nobody who is held out is on the list, on the page or in the file.
        let file = await desk.get(DeskPath.export("spring")).text
        for member in members where member.arm == .heldOut {
            #expect(!today.text.contains(">\(member.customer)<"))
            #expect(!file.contains(member.customer))
        }
        // Back from the preview the form holds what was asked for.
        let back = try #require(
            preview.text.firstMatch(of: #/href="(/desk/campaigns/new\?[^"]+)"/#)
        )
        let form = await desk.get(String(back.output.1).replacing("&amp;", with: "&")).text
        #expect(form.contains("value=\"spring\"") && form.contains("value=\"60\""))
        fields[1].1 = "spring"
        let again = await desk.post(DeskPath.draw, fields)
        #expect(again.status == 422)
    }

    @Test func `a campaign is closed once, and its customers are free`() async throws {
        let desk = try DeskFixture()
        try await desk.campaign()
        let page = await desk.get(DeskPath.campaign("spring"))
        #expect(page.text.contains(DeskPath.close))
        let fields = [("token", try desk.token(of: page)), ("campaign", "spring")]
        let closed = await desk.post(DeskPath.close, fields)
        #expect(closed.text.contains("spring is closed"))
        #expect(!closed.text.contains("action=\"\(DeskPath.close)\""))
        let time = try await desk.record.campaign(named: "spring")?.closed
        #expect(time != nil)
        await desk.post(DeskPath.close, fields)
        #expect(try await desk.record.campaign(named: "spring")?.closed == time)
        let missing = await desk.post(
            DeskPath.close,
            [("token", try desk.token(of: page)), ("campaign", "none")]
        )
        #expect(missing.status == 404)
        try await desk.campaign("summer")
        #expect(try await desk.record.campaign(named: "summer") != nil)
    }

    @Test func `what is marked counts, can be taken back, and tells the second person`()
        async throws
    {
        let desk = try DeskFixture()
        try await desk.campaign()
        let list = await desk.get("/")
        let customer = try await desk.record.members(of: "spring").first { $0.arm == .contact }
        let name = try #require(customer?.customer)
        let seen = try #require(list.text.firstMatch(of: #/name="seen" value="(\d+)"/#))
        func mark(_ word: String, seen: Substring) async throws -> SiteAnswer {
            await desk.post(
                DeskPath.marks,
                [
                    ("token", try desk.token(of: list)), ("campaign", "spring"), ("back", "/"),
                    ("seen", String(seen)), ("mark", "\(word) \(name)"),
                ]
            )
        }
        let marked = try await mark("accepted", seen: seen.output.1)
        #expect(marked.text.contains("47 of today’s 48 are still to be called."))
        #expect(marked.text.contains("\(name): accepted."))
        let second = try await mark("declined", seen: seen.output.1)
        #expect(second.text.contains("marked \(name) meanwhile: accepted"))
        #expect(try await desk.record.standing(of: "spring")?.states == [.accepted: 1])
        let now = "\(Int64(Date.now.timeIntervalSince1970 * 1_000))"
        let undone = try await mark("undo", seen: now[...])
        #expect(undone.text.contains("\(name): taken back."))
        #expect(try await desk.record.standing(of: "spring")?.states == [:])
        let nonsense = try await mark("waiting", seen: now[...])
        #expect(nonsense.status == 422)
    }

    @Test func `a customer's page adds up, and what-if answers`() async throws {
        let desk = try DeskFixture()
        try await desk.campaign()
        let member = try await desk.record.members(of: "spring")[0]
        let page = await desk.get(DeskPath.customer(member.customer))
        #expect(page.status == 200 && page.text.contains(member.customer))
        #expect(page.text.contains("Average customer"))
        let asked = await desk.post(
            DeskPath.whatIf(member.customer),
            [("token", try desk.token(of: page)), ("set.Age", "25"), ("back", "/")]
        )
        #expect(asked.status == 200)
        let refused = await desk.post(
            DeskPath.whatIf(member.customer),
            [("token", try desk.token(of: page)), ("set.Age", "old"), ("back", "/")]
        )
        #expect(refused.text.contains("Age"))
        #expect(await desk.get(DeskPath.customer("nobody")).status == 404)
    }

    @Test(arguments: ["en", "pt-BR"])
    func `every page is there in both languages`(language: String) async throws {
        let desk = try DeskFixture()
        desk.language = language
        try await desk.campaign()
        let member = try await desk.record.members(of: "spring")[0]
        for path in [
            "/", "/desk/campaigns", "/desk/campaigns/new", DeskPath.campaign("spring"),
            "/desk/worth",
            DeskPath.worth("spring"), "/desk/customers", "/desk/customers?q=15",
            DeskPath.customer(member.customer), "/desk/model", "/desk/runs", "/desk/drift",
            "/desk/service", "/?customer=\(member.customer)&q=1&state=waiting&order=risk&page=1",
        ] {
            let answer = await desk.get(path)
            #expect(answer.status == 200, "\(path)")
            #expect(answer.text.contains("<html lang=\"\(language)\">"), "\(path)")
            #expect(answer.bytes.count < 60_000, "\(path): \(answer.bytes.count)")
            #expect(!answer.text.contains(" style=\""), "\(path)")
        }
        #expect(await desk.get("/desk/none").status == 404)
        #expect(await desk.get("/desk/worth/none").status == 404)
    }

    @Test func `forms from elsewhere change nothing`() async throws {
        let desk = try DeskFixture()
        let first = await desk.get("/")
        let token = try desk.token(of: first)
        let forged = await desk.post(DeskPath.simulate, [("token", String(token.reversed()))])
        let foreign = await desk.post(
            DeskPath.simulate,
            [("token", token)],
            fetchSite: "cross-site"
        )
        #expect(forged.status == 403 && foreign.status == 403)
        #expect(try await desk.record.counts().predictions == 0)
        let long = await desk.post(
            DeskPath.marks,
            [("token", String(repeating: "a", count: 70_000))]
        )
        #expect(long.status == 413)
    }

    @Test func `a file that is uploaded is scored, and its faults are told`() async throws {
        let desk = try DeskFixture()
        let first = await desk.get("/desk/customers")
        func upload(
            _ text: String,
            name: String = "c.csv",
            asOf: String = "",
            token: String
        ) async -> SiteAnswer {
            let body = """
                --b\r\nContent-Disposition: form-data; name="token"\r\n\r\n\(token)\r\n--b\r\n\
                Content-Disposition: form-data; name="as-of"\r\n\r\n\(asOf)\r\n--b\r\n\
                Content-Disposition: form-data; name="file"; filename="\(name)"\r\n\r\n\(text)\r\n--b--\r\n
                """
            return await desk.send(
                DeskPath.upload,
                Array(body.utf8),
                type: "multipart/form-data; boundary=b"
            )
        }
        let token = try desk.token(of: first)
        let lines = customerText(20, seed: 3).split(separator: "\n").map(String.init)
        let broken = lines[1].split(separator: ",").map(String.init).enumerated()
            .map { $0.offset == 3 ? "x" : $0.element }.joined(separator: ",")
        let other = lines[2].split(separator: ",").map(String.init).enumerated()
            .map { $0.offset == 3 ? "high" : $0.element }.joined(separator: ",")
        let text = ([lines[0], broken, other] + lines.dropFirst(3)).joined(separator: "\n") + "\n"
        let answer = await upload(text, token: token)
        #expect(answer.status == 200, "\(answer.text)")
        let scored = try await desk.record.counts().predictions
        #expect(scored == 18)
        #expect(answer.text.contains("line 2, column") && answer.text.contains("line 3, column"))
        #expect(answer.text.contains("Choose whom to call"))
        // A file of an earlier day is on record as of that day.
        #expect(await upload(text, asOf: "2026-02-30", token: token).status == 422)
        let earlier = await upload(text, asOf: "2025-03-01", token: token)
        #expect(earlier.status == 200)
        #expect(earlier.text.contains("as-of=2025-03-01"))
        let place = try #require(lines[0].split(separator: ",").firstIndex(of: "CustomerId"))
        let name = String(lines[4].split(separator: ",")[place])
        let history = try await desk.record.history(of: name, most: 9)
        #expect(history?.predictions.count == 2)
        #expect(history?.predictions.last?.time == 1_740_873_599_999)
        let foreign = await upload("a,b\n1,2\n", name: "<b>.csv", token: token)
        #expect(foreign.status == 422 && !foreign.text.contains("<b>.csv"))
        #expect(!foreign.text.contains(desk.folder.path))
        #expect(await upload(text, token: "x").status == 403)
        #expect(await upload("", name: "", token: token).status == 422)
    }
}
