/// What a command tells the system when it ends: the exit codes that scripts rely on.
///
/// From 64 on they are those of BSD's `sysexits.h`; 130 is what shells have for SIGINT (128 + 2). `retain --help`
/// and README have their table from here.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    /// All went well.
    case done = 0
    /// Nothing below fits.
    case failed = 1
    /// A check said no, and says why; nothing is wrong with the program or its input.
    case refused = 3
    /// The command line, a setting or a name in it must change.
    case usage = 64
    /// A file or what it says must change.
    case badData = 65
    /// A server does not answer, or does not let us in.
    case unavailable = 69
    /// There is no room or no right to write.
    case cannotWrite = 73
    /// Someone asked the command to stop.
    case interrupted = 130

    /// What it means, for the table of codes.
    public var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "failed in another way; the message says how"
        case .refused:
            "a check said no: a column leaks the target, the gate keeps the champion, customers drifted, a model does not"
                + " come out again, or its data is not found"
        case .usage: "wrong usage: an option, a setting, or a name that is not there"
        case .badData: "bad data: a file is not there, can't be read, or breaks its rules"
        case .unavailable: "a server can't be reached or does not let you in"
        case .cannotWrite: "output can't be written"
        case .interrupted: "interrupted"
        }
    }

    /// The status of a command that ends with an error: what the error says, else `failed`.
    public init(_ error: any Error) { self = (error as? any RetainError)?.exitStatus ?? .failed }
}

/// An error that a person is told of.
///
/// Its `description` says in one line what, where and how to fix it. Every error type of Retain is one, so that none is
/// without a status; `make lint` finds those that are not.
public protocol RetainError: Error, CustomStringConvertible {
    /// How a command ends that ends with this error.
    var exitStatus: ExitStatus { get }
}
