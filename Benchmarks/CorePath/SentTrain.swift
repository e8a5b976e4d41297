import Glibc
import SUDPCrypto
import SUDPProtocol

/// A train on its way.
struct SentTrain {
    let buffer: DatagramBuffer
    let transmit: Transmit

    /// What `path` delivers when the bytes were copied to `target`, as a network does.
    func carried(to target: DatagramBuffer, by path: NetworkPath) -> ReceivedTrain {
        buffer.withUnsafeMutableBytes { source in
            target.withUnsafeMutableBytes {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<transmit.byteCount]))
            }
        }
        return ReceivedTrain(
            path: path, ecn: .notECT, byteCount: transmit.byteCount,
            segmentByteCount: transmit.segmentByteCount)
    }
}

/// The memory of one end's socket, which outlives its connections.
struct EndBuffers {
    let outgoing = DatagramBuffer()
    let incoming = DatagramBuffer()
}

/// What both ends are made with.
enum Setting {
    static let client = NetworkAddress(ipv4: 0x0a01_0001, port: 40_000)
    static let server = NetworkAddress(ipv4: 0x0a00_0001, port: 7)

    static var configuration: ConnectionConfiguration {
        var configuration = ConnectionConfiguration()
        configuration.maximumDatagramSize = 1472
        configuration.initialDatagramSize = 1472
        return configuration
    }

    static func endpoint(seed: UInt8) -> Endpoint {
        Endpoint(seed: secret(seed), resetKey: secret(255), answersReset: true)
    }

    private static func secret(_ byte: UInt8) -> Secret {
        guard let secret = Secret([UInt8](repeating: byte, count: Secret.byteCount)) else {
            preconditionFailure("a secret has \(Secret.byteCount) bytes")
        }
        return secret
    }
}

/// The processor time of this thread in nanoseconds.
func threadTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The processor time since `start` without that of the clock, which is read dozens of times per
/// handshake.
func elapsed(since start: Int) -> Int {
    max(threadTime() - start - clockCost, 0)
}

private let clockCost = (0..<1000).reduce(Int.max) { least, _ in
    let start = threadTime()
    return min(least, threadTime() - start)
}
