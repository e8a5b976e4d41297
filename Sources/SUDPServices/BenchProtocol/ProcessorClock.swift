internal import Synchronization

/// How fast the processors of this machine run, as the kernel says.
enum ProcessorClock {
    private struct State {
        var hertz: UInt64 = 0
        var time: UInt64?
    }

    private static let path = "/proc/cpuinfo"
    /// The file has a page for each processor.
    private static let maximumByteCount = 16 << 20
    /// How long a rate is good for, in nanoseconds: reading it again takes the longer the more
    /// processors there are.
    private static let lifetime: UInt64 = 1_000_000_000
    private static let fastest = 1e12
    private static let state = Mutex(State())

    /// The rate in hertz, at most a second old; 0 where the kernel tells none.
    static func hertz(at time: UInt64) -> UInt64 {
        state.withLock { state in
            if let last = state.time, time < last &+ lifetime { return state.hertz }
            let bytes = try? SmallFile.readBytes(path, atMost: maximumByteCount)
            state.hertz = hertz(in: String(decoding: bytes ?? [], as: UTF8.self))
            state.time = time
            return state.hertz
        }
    }

    /// The highest rate in a text such as that of `/proc/cpuinfo`; 0 where there is none.
    ///
    /// Processors that are at work are among the fastest; idle ones would lower a mean.
    static func hertz(in text: String) -> UInt64 {
        let rates = text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line -> Double? in
            guard line.starts(with: "cpu MHz".utf8) else { return nil }
            let parts = line.split(separator: UInt8(ascii: ":")).map { words(Substring($0)) }
            guard parts.count == 2, parts[0] == ["cpu", "MHz"], parts[1].count == 1 else {
                return nil
            }
            return Double(parts[1][0]).map { $0 * 1e6 }
        }
        return rates.filter { $0 >= 1 && $0 <= fastest }.max().map { UInt64($0) } ?? 0
    }

    private static func words(_ text: Substring) -> [Substring] {
        text.split { $0 == " " || $0 == "\t" }
    }
}
