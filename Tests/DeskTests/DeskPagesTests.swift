import Desk
import Testing
import Texts

@Suite struct DeskPagesTests {
    private static let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&"

    /// Every page in every language, with what files may bring.
    private static func documents(_ suffix: String = "") -> [(name: String, source: String)] {
        Language.allCases.flatMap { SamplePages(language: $0, suffix: suffix).documents() }
    }

    @Test func `what files bring never becomes markup`() {
        for (name, source) in Self.documents(Self.hostile) {
            let page = PageText(source)
            #expect(page.tags("script").count == 1, "\(name)")
            #expect(page.tags("img").isEmpty, "\(name)")
            let names = Set(page.tags.flatMap(\.attributes.keys))
            #expect(
                names.filter { $0.hasPrefix("on") || !$0.allSatisfy(Self.isPlain) } == [],
                "\(name)"
            )
        }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isLetter || character == "-" || character.isNumber
    }

    @Test func `pages obey a policy without inline style and script`() {
        for (name, source) in Self.documents() {
            let page = PageText(source)
            #expect(page.tags("style").isEmpty, "\(name)")
            #expect(page.tags.allSatisfy { $0.attributes["style"] == nil }, "\(name)")
            #expect(page.tags("script").map { $0.attributes["src"] } == [DeskAsset.script.path])
            #expect(page.tags("link").last?.attributes["href"] == DeskAsset.style.path)
            let addresses = page.tags.compactMap {
                $0.attributes["href"] ?? $0.attributes["src"] ?? $0.attributes["action"]
            }
            #expect(addresses.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") }, "\(name)")
        }
    }

    /// Fifty rows, whose identifiers are as long as a UUID.
    @Test(arguments: Language.allCases, ["", "-4f1c-4b7e-9a55-6c0d2e8b1f30"])
    func `a page is under 60 kB`(language: Language, tail: String) {
        for (name, source) in SamplePages(language: language, tail: tail).documents() {
            #expect(source.utf8.count < 60_000, "\(name)")
        }
    }

    @Test func `every form that changes something carries the token`() {
        for (name, source) in Self.documents() {
            let forms = source.split(separator: "<form ").dropFirst()
                .map { $0.prefix(upTo: $0.firstRange(of: "</form>")?.lowerBound ?? $0.endIndex) }
            for form in forms where form.hasPrefix("method=\"post\"") {
                let field = "name=\"token\" value=\"\(SamplePages.token)\""
                #expect(form.contains(field), "\(name): \(form.prefix(90))")
            }
            #expect(forms.allSatisfy { $0.hasPrefix("method=\"") })
        }
    }

    @Test func `whoever may only look is offered no way to act`() {
        for language in Language.allCases {
            for (name, source) in SamplePages(language: language, mayAct: false).documents()
            where name != "sign-in" {
                let page = PageText(source)
                #expect(
                    page.tags("button").allSatisfy { $0.attributes["name"] != "mark" },
                    "\(name)"
                )
                let actions = page.tags("form").filter { $0.attributes["method"] == "post" }
                    .compactMap { $0.attributes["action"] }
                let harmless = actions.filter {
                    $0 == DeskPath.signOut || $0.contains("/what-if")
                }
                #expect(actions == harmless, "\(name)")
            }
        }
    }

    @Test func `pages have landmarks, one heading and a way to skip`() {
        for (name, source) in Self.documents() {
            let page = PageText(source)
            for tag in ["main", "header", "h1"] {
                #expect(page.tags(tag).count == 1, "\(name): \(tag)")
            }
            #expect(!page.tags("footer").isEmpty && !page.tags("title").isEmpty, "\(name)")
            #expect(page.tags("nav").allSatisfy { $0.attributes["aria-label"] != nil }, "\(name)")
            #expect(page.tags("a").first?.attributes["href"] == "#main", "\(name)")
            let ids = page.tags.compactMap { $0.attributes["id"] }
            #expect(ids.count == Set(ids).count, "\(name): \(ids)")
        }
    }

    @Test func `every control has a label, every drawing is hidden or named`() {
        for (name, source) in Self.documents() {
            let page = PageText(source)
            let labels = Set(page.tags("label").compactMap { $0.attributes["for"] })
            for control in page.tags("input", "select", "textarea") {
                let about = control.attributes
                if about["type"] == "hidden" || about["aria-hidden"] != nil { continue }
                #expect(labels.contains(about["id"] ?? "-"), "\(name): \(about)")
            }
            for drawing in page.tags("svg") {
                let about = drawing.attributes
                #expect(about["aria-hidden"] == "true" || about["role"] == "img", "\(name)")
            }
        }
    }

    @Test func `what points to a part of the page finds it`() {
        for (name, source) in Self.documents() {
            let page = PageText(source)
            let ids = Set(page.tags.compactMap { $0.attributes["id"] })
            for tag in page.tags {
                let about = tag.attributes
                let wanted = ["aria-labelledby", "aria-describedby", "for"]
                    .compactMap { about[$0] }.flatMap { $0.split(separator: " ") }.map(String.init)
                #expect(Set(wanted).subtracting(ids).isEmpty, "\(name): \(wanted)")
            }
        }
    }
}
