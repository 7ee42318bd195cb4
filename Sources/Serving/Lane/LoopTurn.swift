package import NIOCore
import Synchronization

/// How long an event loop has been answering what came together.
///
/// Under overload the requests that came at once are as many as there are connections, and the last of them would wait
/// for all others. Those that come up too late are refused, which takes a fraction of the time. A few requests never
/// make each other late: then it is the machine that paused.
package final class LoopTurn {
    /// How long requests of one turn are answered.
    private let longest: TimeAmount
    /// How many are answered however long that takes.
    private let fewest: Int
    private var start: NIODeadline?
    private var count = 0
    /// When it began, as HTTP has it.
    private(set) var date = ""

    package init(longest: TimeAmount = .milliseconds(25), fewest: Int = 256) {
        self.longest = longest
        self.fewest = fewest
    }

    /// Whether a request comes up too late to be answered; to be asked on the loop.
    func isLate(_ now: NIODeadline, on loop: any EventLoop) -> Bool {
        count += 1
        guard let start else {
            self.start = now
            count = 1
            date = HTTPDate.now
            // Tasks run when all that came is answered.
            let turn = NIOLoopBound(self, eventLoop: loop)
            loop.execute { turn.value.start = nil }
            return false
        }
        return count > fewest && now - start > longest
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
