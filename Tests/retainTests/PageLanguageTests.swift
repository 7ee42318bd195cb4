import TestSupport
import Testing

/// `--language` of verbs whose page takes it.
@Suite struct PageLanguageTests {
    @Test func `pages are in the language, all else stays English`() throws {
        let folder = try Bank.folder(schema: true)
        for seed in ["1", "2"] {
            let result = try Program.expect(
                0,
                [
                    "train", "bank.csv", "--model", "seed", "--seed", seed, "--html", "train.html",
                    "--language", "pt-BR",
                ],
                in: folder
            )
            #expect(result.output.contains("The rows held out from training: 180 customers, "))
        }
        for (code, verb, told) in [
            (Int32(0), ["evaluate", "model", "bank.csv"], "The rows held out from training"),
            (0, ["drift", "model", "bank.csv"], "No drift in 13 columns."),
            (0, ["runs", "compare", "seed-1", "seed-2"], "PARAMETER"),
        ] {
            let options = ["--html", "\(verb[0]).html", "--language", "pt"]
            let result = try Program.expect(code, verb + options, in: folder)
            #expect(result.output.contains(told))
        }
        for page in ["train", "evaluate", "drift", "runs"] {
            #expect(try folder.text(page + ".html").contains("<html lang=\"pt-BR\">"), "\(page)")
        }
        #expect(try folder.text("model/retain/card.md").contains("## Intended use"))
    }

    @Test(arguments: [["train", "bank.csv"], ["drift", "bank.csv", "bank.csv"]])
    func `other languages are refused`(verb: [String]) throws {
        let folder = try Bank.folder()
        try Program.expect(
            64,
            verb + ["--language", "fr"],
            in: folder,
            says: "--language fr: known are en, pt-BR"
        )
    }
}
