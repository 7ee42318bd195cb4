/// The version of Retain that made a model, and that `retain --version` tells.
public enum RetainVersion {
    /// Semantic version; CHANGELOG.md tells what each brought.
    public static let current = "0.1.0"

    /// The release of Swift that compiled it.
    public static var swift: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}
