import SUDPTransport
import Synchronization

@testable import SUDPServices

/// A connection whose peer has sent certain bytes, and whose answers go nowhere.
final class ScriptedStream: BlockingStream {
    private let pieces: Mutex<[[UInt8]]>

    /// The bytes arrive in these pieces.
    init(_ pieces: [[UInt8]]) {
        self.pieces = Mutex(pieces.reversed())
    }

    func blockingRead() throws(TransportError) -> ByteBlock? {
        pieces.withLock { $0.popLast() }.map { ByteBlock($0) }
    }

    func blockingWrite(_ block: ByteBlock) throws(TransportError) {}

    func finish() {}

    func confirmConsumed() {}

    func close(code: UInt64, reason: String) {}
}
