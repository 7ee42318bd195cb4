import Desk
import Testing

@Suite struct DeskAssetTests {
    @Test func `assets are named by their content and have a type`() throws {
        #expect(DeskAsset.all.map(\.mediaType.count).allSatisfy { $0 > 0 })
        for asset in DeskAsset.all {
            let parts = asset.name.split(separator: ".")
            let digest = try #require(parts.first?.split(separator: "-").last)
            #expect(digest.count == 16 && digest.allSatisfy(\.isHexDigit))
            #expect(asset.path == "/desk/assets/" + asset.name)
            #expect(!asset.bytes.isEmpty)
        }
        #expect(Set(DeskAsset.all.map(\.name)).count == DeskAsset.all.count)
    }

    @Test func `the style sheet loads nothing and closes what it opens`() {
        let css = String(decoding: DeskAsset.style.bytes, as: UTF8.self)
        #expect(!css.contains("url(") && !css.contains("@import"))
        #expect(css.filter { $0 == "{" }.count == css.filter { $0 == "}" }.count)
        for form in ["prefers-color-scheme:dark", "prefers-reduced-motion", "@media print"] {
            #expect(css.contains(form))
        }
    }

    @Test func `the script makes no markup of texts`() {
        let script = String(decoding: DeskAsset.script.bytes, as: UTF8.self)
        for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"] {
            #expect(!script.contains(way))
        }
    }

    @Test func `the policy allows nothing inline and nothing from elsewhere`() {
        let policy = DeskAsset.contentSecurityPolicy
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("http"))
    }
}
