import Desk
import DeskServing
import OpenAPI
import Serving
import Testing

/// Who may see the desk, and who may act.
@Suite struct DeskAccessTests {
    private func fixture() throws -> (desk: DeskFixture, secrets: [String]) {
        let made = [
            APIKey.make(name: "ana", scopes: [.desk]), APIKey.make(name: "lu", scopes: [.read]),
            APIKey.make(name: "bot", scopes: [.predict]),
        ]
        let desk = try DeskFixture(keys: APIKeys(made.map(\.key)))
        return (desk, made.map(\.secret))
    }

    private func signIn(_ desk: DeskFixture, _ secret: String) async -> SiteAnswer {
        await desk.post(DeskPath.signIn, [("key", secret), ("next", "/desk/service")])
    }

    @Test func `without a session only the sign-in is shown`() async throws {
        let (desk, _) = try fixture()
        for path in ["/", "/desk/customers", "/desk/none", "/desk/customers/of/1"] {
            let answer = await desk.get(path)
            #expect(answer.status == 401 && answer.text.contains("name=\"key\""), "\(path)")
        }
        let posted = await desk.post(DeskPath.simulate, [("token", "")])
        #expect(posted.status == 401)
        #expect(await desk.get(DeskAsset.style.path).status == 200)
    }

    @Test func `a key signs in, and the sign-out holds`() async throws {
        let (desk, secrets) = try fixture()
        let wrong = await signIn(desk, "rk_0")
        #expect(wrong.status == 401 && desk.cookie == nil)
        let service = await signIn(desk, " \(secrets[0]) ")
        #expect(service.status == 200 && service.text.contains("ana"))
        let kept = desk.cookie
        let out = await desk.post(DeskPath.signOut, [("token", try desk.token(of: service))])
        #expect(out.text.contains("name=\"key\""))
        desk.cookie = kept
        #expect(await desk.get("/").status == 401)
    }

    @Test func `who may only read sees everything and changes nothing`() async throws {
        let (desk, secrets) = try fixture()
        let service = await signIn(desk, secrets[1])
        #expect(service.status == 200)
        let first = await desk.get("/")
        #expect(first.status == 200 && !first.text.contains(DeskPath.simulate))
        let token = try desk.token(of: first)
        #expect(await desk.post(DeskPath.simulate, [("token", token)]).status == 403)
        #expect(await signIn(desk, secrets[2]).status == 401)
    }

    @Test func `nobody is led elsewhere`() async throws {
        for address in ["//evil", "https://evil", "/\\evil", "evil", "/a b", ""] {
            #expect(DeskVisit.local(address) == "/", "\(address)")
        }
        #expect(DeskVisit.local("/desk/model?x=1") == "/desk/model?x=1")
    }
}
