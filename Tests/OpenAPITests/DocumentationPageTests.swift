import Files
import Foundation
import OpenAPI
import Testing

@Suite struct DocumentationPageTests {
    /// A browser compares the hashes with what stands between the tags.
    @Test(arguments: ["script", "style"])
    func `its policy names its own script and style`(tag: String) throws {
        let page = String(decoding: DocumentationPage.html, as: UTF8.self)
        let start = try #require(page.firstRange(of: "<\(tag)>")).upperBound
        let end = try #require(page.firstRange(of: "</\(tag)>")).lowerBound
        let hash = Data(SHA256.digest(of: Array(page[start ..< end].utf8)).bytes)
            .base64EncodedString()
        #expect(DocumentationPage.contentSecurityPolicy.contains("\(tag)-src 'sha256-\(hash)'"))
        #expect(page.components(separatedBy: "<\(tag)").count == 2)
    }

    @Test func `asks nobody else`() {
        let page = String(decoding: DocumentationPage.html, as: UTF8.self)
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("src="))
        #expect(!page.contains("innerHTML"))
    }
}
