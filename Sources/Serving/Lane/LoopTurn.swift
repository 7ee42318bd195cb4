package import NIOCore
import Synchronization

/// How long an event loop has been answering what came together.
///
/// Under overload the requests that came at once are as many as there are connections, and the last of them would wait
/// for all others. Those that come up too late are refused, which takes a fraction of the time.
package final class LoopTurn {
    /// How long requests of one turn are answered.
    private let longest: TimeAmount
    private var start: NIODeadline?

    package init(longest: TimeAmount = .milliseconds(25)) { self.longest = longest }

    /// Whether a request comes up too late to be answered; to be asked on the loop.
    func isLate(on loop: any EventLoop) -> Bool {
        let now = loop.now
        guard let start else {
            self.start = now
            // Tasks run when all that came is answered.
            let turn = NIOLoopBound(self, eventLoop: loop)
            loop.execute { turn.value.start = nil }
            return false
        }
        return now - start > longest
    }
}

/// The turn of each event loop.
final class LoopTurns: Sendable {
    private let turns = Mutex<[ObjectIdentifier: NIOLoopBound<LoopTurn>]>([:])

    /// To be asked on the loop.
    func turn(of loop: any EventLoop) -> LoopTurn {
        turns.withLock { turns in
            let id = ObjectIdentifier(loop)
            let turn = turns[id] ?? NIOLoopBound(LoopTurn(), eventLoop: loop)
            turns[id] = turn
            return turn
        }.value
    }
}
