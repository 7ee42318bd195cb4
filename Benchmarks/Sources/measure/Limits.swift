import Dispatch
import Files
import Kernels

extension Workbench {
    /// What the machine can do at most: multiply-adds of one core, bytes from memory and from files.
    func limits(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let rounds = 20_000_000
        let factor = 1 - 1 / Float(max(2, longFileBytes))
        let probe = stopwatch.seconds {
            precondition(PeakProbe.run(rounds: rounds, factor: factor) > 0, "the probe is wrong")
        }
        let file = try stopwatch.seconds {
            var reader = try BlockReader(longFile)
            let size = try reader.size()
            precondition(size == longFileBytes, "the file changed")
        }
        // Eight times the last-level cache of a big processor, so that it comes from memory.
        let words = [UInt64](repeating: 1, count: 32 << 20)
        let memory = threads.map { threads in
            let seconds = stopwatch.seconds {
                let share = words.count / threads
                DispatchQueue.concurrentPerform(iterations: threads) { thread in
                    let sum = words[thread * share ..< (thread + 1) * share].reduce(0, &+)
                    precondition(sum == share, "the sum is wrong")
                }
            }
            return Measurement(
                "limit.memory.\(threads)",
                "limit: memory read, \(coreText(threads))",
                unit: "MB/s",
                values: seconds.map { Double(8 * words.count) / $0 / 1e6 }
            )
        }
        return [
            Measurement(
                "limit.fma",
                "limit: fused multiply-adds in registers, 1 core",
                unit: "GFLOP/s",
                values: probe.map { Double(rounds * PeakProbe.operationsPerRound) / $0 / 1e9 }
            ),
            Measurement(
                "limit.file",
                "limit: the same file's bytes from the page cache, 1 core",
                unit: "MB/s",
                values: file.map { Double(longFileBytes) / $0 / 1e6 }
            ),
        ] + memory
    }
}
