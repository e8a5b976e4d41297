/// What one measurement found.
public struct BenchPhaseResult: Sendable {
    /// Which way load flowed; nil for the idle path.
    public let direction: BenchDirection?
    /// What flowed: one element, two for both ways at once, none on the idle path.
    public internal(set) var figures: [BenchFigures] = []
    /// What was read from a file or written into one meanwhile; nil when the load is in memory.
    public internal(set) var disk: BenchDisk?
    /// How long pings took meanwhile.
    public internal(set) var latency: BenchLatency?
    /// Round trips per minute.
    public internal(set) var responsiveness: Double?
    /// The milliseconds that load added to the median latency.
    public internal(set) var addedLatency: Double?
    /// What this process used up, and the server's.
    public internal(set) var client: BenchStatistics?
    /// What the server's process used up; nil when it did not tell.
    public internal(set) var server: BenchStatistics?

    init(_ direction: BenchDirection?) {
        self.direction = direction
    }

    /// How the measurement is called.
    public var name: String { direction?.name ?? "idle" }

    /// The goodput of all directions together.
    public var bitsPerSecond: Double { figures.reduce(0) { $0 + $1.bitsPerSecond } }

    /// A letter for the latency that load adds.
    public var grade: BufferbloatGrade? {
        addedLatency.map(BufferbloatGrade.init(addedMilliseconds:))
    }

    private var gigabytes: Double { figures.reduce(0) { $0 + Double($1.byteCount) } / 1e9 }

    /// CPU seconds per 10^9 bytes of one process.
    func cpuPerGigabyte(_ process: BenchStatistics) -> Double? {
        guard gigabytes > 0 else { return nil }
        return process.cpuSeconds / gigabytes
    }

    /// The processor cycles of one process per byte, estimated from its CPU time; nil where the
    /// clock rate is not known.
    func cyclesPerByte(_ process: BenchStatistics) -> Double? {
        guard process.clockRate > 0 else { return nil }
        return cpuPerGigabyte(process).map { $0 * Double(process.clockRate) / 1e9 }
    }

    /// Context switches per 10^9 bytes of one process.
    func switchesPerGigabyte(_ process: BenchStatistics) -> Double? {
        guard gigabytes > 0 else { return nil }
        return Double(process.contextSwitches) / gigabytes
    }

    /// System calls of one process on the sockets of this transport per 10^9 bytes; nil where TCP
    /// carried them.
    func socketCallsPerGigabyte(_ process: BenchStatistics) -> Double? {
        guard gigabytes > 0, figures.contains(where: { $0.sender?.packetsSent ?? 0 > 0 }) else {
            return nil
        }
        return Double(process.socketCalls) / gigabytes
    }
}

extension BenchDirection {
    /// How a measurement is called.
    public var name: String {
        switch self {
        case .download: "download"
        case .upload: "upload"
        case .both: "bidir"
        }
    }

    /// The single ways in it.
    var parts: [BenchDirection] { self == .both ? [.download, .upload] : [self] }
}
