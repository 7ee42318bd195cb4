/// The version of Retain that made a model, and that `retain --version` tells.
public enum RetainVersion {
    /// Semantic version; CHANGELOG.md tells what each brought.
    public static let current = "0.1.0"
}
