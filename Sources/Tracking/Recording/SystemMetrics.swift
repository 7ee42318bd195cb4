import Files
import FoundationEssentials

/// What this machine was busy with, under MLflow's names; read from Linux's `/proc`, empty elsewhere.
struct SystemMetrics: Equatable {
    private let counters: Counters
    /// Values by name.
    let values: [String: Double]

    /// Looks at the machine.
    ///
    /// - Parameter earlier: The look before; processor and network are told for the time since.
    init(since earlier: Self? = nil) {
        let now = Counters()
        let before = earlier?.counters ?? Counters(zero: ())
        counters = now
        var values: [String: Double] = [:]
        let time = now.processorTime - before.processorTime
        if time > 0 {
            values["system/cpu_utilization_percentage"] =
                100 * (1 - (now.idleTime - before.idleTime) / time)
        }
        if earlier != nil {
            values["system/network_receive_megabytes"] = (now.received - before.received) / 1e6
            values["system/network_transmit_megabytes"] = (now.sent - before.sent) / 1e6
        }
        values.merge(Self.memory) { $1 }
        values.merge(Self.disk) { $1 }
        self.values = values
    }

    private static var memory: [String: Double] {
        let kilobytes = Counters.lines("/proc/meminfo").reduce(into: [Substring: Double]()) {
            guard $1.count >= 2 else { return }
            $0[$1[0]] = Double($1[1])
        }
        guard let total = kilobytes["MemTotal:"], let free = kilobytes["MemAvailable:"] else {
            return [:]
        }
        return [
            "system/system_memory_usage_megabytes": (total - free) * 1024 / 1e6,
            "system/system_memory_usage_percentage": 100 * (1 - free / total),
        ]
    }

    private static var disk: [String: Double] {
        let manager = FileManager.default
        guard
            let attributes = try? manager.attributesOfFileSystem(
                forPath: manager.currentDirectoryPath
            ),
            let size = attributes[.systemSize] as? UInt64,
            let rest = attributes[.systemFreeSize] as? UInt64
        else { return [:] }
        let (total, free) = (Double(size), Double(rest))
        return [
            "system/disk_usage_percentage": 100 * (1 - free / total),
            "system/disk_usage_megabytes": (total - free) / 1e6,
            "system/disk_available_megabytes": free / 1e6,
        ]
    }
}

/// What the machine has counted since it started.
private struct Counters: Equatable {
    /// Over all processors, in ticks.
    var processorTime = 0.0
    var idleTime = 0.0
    /// Bytes over all networks but the machine's own.
    var received = 0.0
    var sent = 0.0

    init(zero: Void) {}

    init() {
        let ticks = Self.lines("/proc/stat").first.map { $0.dropFirst().compactMap { Double($0) } }
        // user, nice, system, idle, waiting for disks, …: proc(5).
        if let ticks, ticks.count >= 5 {
            processorTime = ticks.prefix(8).reduce(0, +)
            idleTime = ticks[3] + ticks[4]
        }
        for line in Self.lines("/proc/net/dev") where line.count >= 10 && line[0].hasSuffix(":") {
            guard line[0] != "lo:" else { continue }
            received += Double(line[1]) ?? 0
            sent += Double(line[9]) ?? 0
        }
    }

    /// The words of each line; empty where there is no such file.
    static func lines(_ path: String) -> [[Substring]] {
        let bytes = (try? BlockReader.contents(of: path)) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: " ", omittingEmptySubsequences: true) }
    }
}
