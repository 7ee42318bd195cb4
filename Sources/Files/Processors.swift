import Glibc

/// The machine's processors.
public enum Processors {
    /// How many this process may use, at least 1.
    public static let active = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
