package import NIOCore
import Synchronization

/// Refuses requests that an event loop comes to too late.
///
/// What came together is answered in one turn of the loop. Under overload the requests that came at once are as many as there are connections, and the last of them would wait
/// for all others. Those that come up too late are refused, which takes a fraction of the time. A few requests never
/// make each other late: then it is the machine that paused.
package final class LoadShedder {
    /// How long requests of one turn of the loop are answered.
    private let longest: TimeAmount
    /// How many are answered however long that takes.
    private let fewest: Int
    private var start: NIODeadline?
    private var count = 0
    /// When the turn began, as HTTP has it.
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
            let shedder = NIOLoopBound(self, eventLoop: loop)
            loop.execute { shedder.value.start = nil }
            return false
        }
        return count > fewest && now - start > longest
    }
}

/// The one of each event loop.
final class LoadShedders: Sendable {
    private let shedders = Mutex<[ObjectIdentifier: NIOLoopBound<LoadShedder>]>([:])

    /// To be asked on the loop.
    func shedder(of loop: any EventLoop) -> LoadShedder {
        shedders.withLock { shedders in
            let id = ObjectIdentifier(loop)
            let shedder = shedders[id] ?? NIOLoopBound(LoadShedder(), eventLoop: loop)
            shedders[id] = shedder
            return shedder
        }.value
    }
}
