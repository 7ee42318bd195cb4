/// The signs, codes and short words that say of an amount in which currency it is, and the percent sign.
///
/// A list, since other letters before digits are no amounts: a customer number reads `C104` or `AB 200`.
enum Currency {
    /// The affix with which a text begins, percent included; nil where it begins with another text.
    static func prefix(of text: ArraySlice<Unicode.Scalar>) -> String? {
        guard let first = text.first else { return nil }
        if first == "%" { return "%" }
        let run = text.prefix { $0.properties.isAlphabetic || isSign($0) }
        guard !run.isEmpty else { return nil }
        let word = String(String.UnicodeScalarView(run))
        // A point may belong to it: kr. 12, Rs. 500, but not in EUR.5.
        let dotted = word + "."
        if text.dropFirst(run.count).first == ".", words.contains(dotted.lowercased()) {
            return dotted
        }
        if run.count == 1, isSign(first) { return word }
        return codes.contains(word) || words.contains(word.lowercased()) ? word : nil
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .currencySymbol
    }

    /// What people write beside the signs of Unicode, in small letters.
    private static let words: Set<String> = [
        "us$", "a$", "c$", "ca$", "au$", "nz$", "hk$", "s$", "nt$", "mx$", "r$", "cn¥", "jp¥",
        "euro", "euros",
        "eur", "usd", "gbp", "chf", "brl", "kr", "kr.", "kč", "zł", "ft", "lei", "fr.", "sfr.",
        "rs", "rs.", "tl",
        "rm", "rp", "s/", "руб", "руб.", "dollar", "dollars", "reais",
    ]

    /// ISO 4217.
    private static let codes = Set(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
        CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD \
        HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
        MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
        PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
        TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
        """
        .split(separator: " ").map(String.init)
    )
}
