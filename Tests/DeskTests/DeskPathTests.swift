import Desk
import Testing

@Suite struct DeskPathTests {
    @Test func `identifiers stay one part of a path`() {
        #expect(DeskPath.customer("a/b?c#d") == "/desk/customers/of/a%2Fb%3Fc%23d")
        #expect(DeskPath.customer("..") == "/desk/customers/of/%2E%2E")
        #expect(DeskPath.customer("é 1.5") == "/desk/customers/of/%C3%A9%201.5")
    }

    @Test func `fields without a value are left out of a query`() {
        #expect(DeskPath.query("/", [("q", ""), ("in.a=b", "x&y")]) == "/?in.a%3Db=x%26y")
        #expect(DeskPath.query("/", [("q", "")]) == "/")
    }
}
