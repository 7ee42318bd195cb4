import Dispatch
import Files
import ServiceLifecycle

/// Ends with standard input, and all services with it: whoever started the program has gone, whatever became of it.
struct InputEnd: Service {
    func run() async throws {
        // Nothing comes but the end, of the input or of the service.
        let (end, ending) = AsyncStream.makeStream(of: Never.self)
        // A thread of its own, since nobody knows how long it waits.
        DispatchQueue(label: "retain.input").async {
            Self.waitForEnd()
            ending.finish()
        }
        await withGracefulShutdownHandler {
            for await _ in end {}
        } onGracefulShutdown: {
            ending.finish()
        }
    }

    /// Passes over what comes until nothing can come any more.
    private static func waitForEnd() {
        guard var input = try? BlockReader("-") else { return }
        let size = 4096
        while let block = try? input.block(after: [], count: size, padding: 0), block.count == size
        {}
    }
}
