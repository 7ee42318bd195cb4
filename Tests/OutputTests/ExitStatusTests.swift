import Output
import Testing

/// Testing has one too.
private typealias ExitStatus = Output.ExitStatus

@Suite struct ExitStatusTests {
    private struct Refusal: RetainError {
        var exitStatus: ExitStatus { .refused }
        var description: String { "no" }
    }

    private struct Foreign: Error {}

    @Test func `an error says its own, a foreign one none`() {
        #expect(ExitStatus(Refusal()) == .refused)
        #expect(ExitStatus(Foreign()) == .failed)
    }

    @Test func `the codes are what scripts rely on, each with a meaning of its own`() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 3, 64, 65, 69, 73, 130])
        #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
    }
}
