/// A file of another program's own form, which is no table of texts.
struct ForeignFile {
    /// What it is: `a Parquet file`.
    let kind: String
    /// How to make CSV of it.
    let remedy: String

    /// Tells by the first bytes what a file is; nil for what may be text.
    init?(_ beginning: ArraySlice<UInt8>) {
        // A table's first column may be called ORC or PAR1.
        let isBinary = beginning.prefix(64).contains(where: Self.isNoText)
        let found = Self.known.first { known in
            let isWord =
                known.bytes.count <= 6
                && known.bytes.allSatisfy { $0 >= 0x41 && $0 < 0x80 || $0 >= 0x30 && $0 < 0x3A }
            return beginning.starts(with: known.bytes) && (isBinary || !isWord)
        }
        guard let found else {
            guard let other = Self.rubbish(beginning) else { return nil }
            self = other
            return
        }
        kind = found.kind
        remedy = found.remedy
    }

    private init(kind: String, remedy: String) {
        self.kind = kind
        self.remedy = remedy
    }

    /// Control characters in a text mean that it is none.
    private static func rubbish(_ beginning: ArraySlice<UInt8>) -> ForeignFile? {
        let controls = beginning.prefix(4096).count { $0 < 0x20 && isNoText($0) }
        guard controls * 5 > min(beginning.count, 4096) else { return nil }
        return ForeignFile(kind: "no text but a binary file", remedy: "export it as CSV")
    }

    private static func isNoText(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D && byte != 0x0C
    }

    private static func python(_ function: String) -> String {
        "write it as CSV: python3 -c \"import pandas; pandas.\(function)('FILE').to_csv('customers.csv', index=False)\""
    }

    private static let sheet = "save the sheet as \"CSV UTF-8\" in Excel or LibreOffice"

    private static let known: [(bytes: [UInt8], kind: String, remedy: String)] = [
        (Array("PAR1".utf8), "a Parquet file", python("read_parquet")),
        (Array("PARE".utf8), "an encrypted Parquet file", python("read_parquet")),
        (Array("ARROW1".utf8), "an Arrow file", python("read_feather")),
        ([0xFF, 0xFF, 0xFF, 0xFF], "an Arrow stream", "send it as CSV"),
        (Array("FEA1".utf8), "a Feather file", python("read_feather")),
        (Array("ORC".utf8), "an ORC file", python("read_orc")),
        (
            [0x4F, 0x62, 0x6A, 0x01], "an Avro file",
            "write it as CSV or JSON Lines: avro-tools tojson FILE"
        ),
        (
            [0x50, 0x4B, 0x03, 0x04], "a zip archive, as Excel's .xlsx is",
            "\(sheet), or unzip the archive"
        ),
        ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive", "give the table itself"),
        ([0xD0, 0xCF, 0x11, 0xE0], "a file of an old Office, as Excel's .xls is", sheet),
        (Array("BZh".utf8), "packed by bzip2", "unpack it: bzip2 -dk FILE"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "packed by xz", "unpack it: xz -dk FILE"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive", "unpack it: 7z x FILE"),
        ([0x04, 0x22, 0x4D, 0x18], "packed by lz4", "unpack it: lz4 -dk FILE"),
        ([0x1F, 0x9D], "packed by compress", "unpack it: uncompress FILE"),
        (
            Array("SQLite format 3".utf8), "an SQLite database",
            "export the table: sqlite3 -header -csv FILE 'select * from TABLE'"
        ),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file", python("read_hdf")),
        (
            Array("RDX".utf8), "R's own data",
            "write it as CSV in R: write.csv(data, \"customers.csv\", row.names = FALSE)"
        ),
        (
            [0x58, 0x0A, 0x00], "R's own data",
            "write it as CSV in R: write.csv(data, \"customers.csv\", row.names = FALSE)"
        ),
        (Array("$FL2".utf8), "an SPSS file", python("read_spss")),
        (Array("<stata_dta>".utf8), "a Stata file", python("read_stata")),
        (Array("%PDF".utf8), "a PDF", "ask for the table that it was made from"),
        (
            Array("<!DOCTYPE".utf8), "a web page",
            "download the file itself; the page may ask you to sign in"
        ),
        (
            Array("<!doctype".utf8), "a web page",
            "download the file itself; the page may ask you to sign in"
        ),
        (
            Array("<html".utf8), "a web page",
            "download the file itself; the page may ask you to sign in"
        ),
        (Array("<?xml".utf8), "XML", "export it as CSV"),
        (
            Array("version https://git-lfs".utf8), "a pointer of Git LFS",
            "fetch the file itself: git lfs pull"
        ),
        ([0x80, 0x02], "Python's pickle", python("read_pickle")),
        ([0x80, 0x03], "Python's pickle", python("read_pickle")),
        ([0x80, 0x04], "Python's pickle", python("read_pickle")),
        ([0x80, 0x05], "Python's pickle", python("read_pickle")),
        ([0xFF, 0xFE, 0x00, 0x00], "UTF-32", "save it as UTF-8"),
        ([0x00, 0x00, 0xFE, 0xFF], "UTF-32", "save it as UTF-8"),
    ]
}
