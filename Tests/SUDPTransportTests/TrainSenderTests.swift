import Glibc
import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite struct TrainSenderTests {
    private var sender = TrainSender()

    @Test mutating func `a train goes out in one call with all it asks for`() {
        let kernel = ScriptedKernel()

        let outcome = sender.send(train(segments: 44)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(kernel.attempts == [.init(range: 0..<44 * 1200, features: .all)])
    }

    @Test mutating func `a single datagram asks for no segmentation`() {
        let kernel = ScriptedKernel()

        let outcome = sender.send(train(segments: 1, ecn: .notECT)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(kernel.attempts.map(\.features) == [.source])
    }

    @Test(arguments: [(segments: 65, first: 64), (segments: 100, first: 54)])
    mutating func `a train beyond the kernel's limits goes out in several calls`(
        segments: Int, first: Int
    ) {
        let kernel = ScriptedKernel()
        let size = segments == 65 ? 100 : 1200

        let outcome = sender.send(train(segments: segments, of: size)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(kernel.attempts.map(\.range) == [0..<first * size, first * size..<segments * size])
    }

    @Test(arguments: [EIO, EINVAL])
    mutating func `a refused train goes out datagram by datagram and so do all later ones`(
        errno: Int32
    ) {
        let kernel = ScriptedKernel([errno])

        let outcome = sender.send(train(segments: 3)) { kernel.call($0) }
        _ = sender.send(train(segments: 2)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(
            kernel.attempts.map(\.range) == [
                0..<3600, 0..<1200, 1200..<2400, 2400..<3600, 0..<1200, 1200..<2400,
            ])
        #expect(sender.features == [.ecn, .source])
    }

    @Test mutating func `segmentation survives when its datagrams alone are refused too`() {
        let kernel = ScriptedKernel([EINVAL, EMSGSIZE, EMSGSIZE])

        let outcome = sender.send(train(segments: 2)) { kernel.call($0) }

        #expect(outcome == .lost(errno: EMSGSIZE))
        #expect(sender.features == .all)
    }

    @Test mutating func `refused ECN bits are given up`() {
        let kernel = ScriptedKernel([EINVAL])

        let outcome = sender.send(train(segments: 1)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(kernel.attempts.last?.features == .source)
        #expect(sender.features == [.segmentation, .source])
    }

    @Test mutating func `a vanished source address costs no later train a feature`() {
        let kernel = ScriptedKernel([EINVAL, EINVAL, EINVAL])

        let outcome = sender.send(train(segments: 2)) { kernel.call($0) }

        #expect(outcome == .sent)
        #expect(kernel.attempts.last?.features == [])
        #expect(sender.features == .all)
    }

    @Test mutating func `a train that nothing helps is lost`() {
        let kernel = ScriptedKernel([Int32](repeating: EINVAL, count: 9))

        #expect(sender.send(train(segments: 2)) { kernel.call($0) } == .lost(errno: EINVAL))
    }

    @Test mutating func `a full socket keeps the rest of the train`() {
        let kernel = ScriptedKernel([EIO, 0, EAGAIN])

        let outcome = sender.send(train(segments: 3)) { kernel.call($0) }
        let rest = sender.send(train(segments: 3), from: 1200) { kernel.call($0) }

        #expect(outcome == .blocked(offset: 1200))
        #expect(rest == .sent)
        #expect(kernel.attempts.suffix(2).map(\.range) == [1200..<2400, 2400..<3600])
    }

    @Test(arguments: [ENOBUFS, EPERM, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EMSGSIZE])
    mutating func `a refusal that no feature causes is a loss`(errno: Int32) {
        let kernel = ScriptedKernel([errno, errno])

        #expect(sender.send(train(segments: 2)) { kernel.call($0) } == .lost(errno: errno))
        #expect(sender.features == .all)
    }

    @Test mutating func `an error of an earlier datagram does not lose this one`() {
        let kernel = ScriptedKernel([ECONNREFUSED])

        #expect(sender.send(train(segments: 2)) { kernel.call($0) } == .sent)
        #expect(kernel.attempts.count == 2)
    }

    private func train(
        segments: Int, of size: Int = 1200, ecn: ECNCodepoint = .ect0
    ) -> Transmit {
        let path = NetworkPath(
            local: NetworkAddress(ipv4: 0x7f00_0001, port: 1),
            remote: NetworkAddress(ipv4: 0x7f00_0001, port: 2))
        return Transmit(
            path: path, ecn: ecn, byteCount: segments * size, segmentByteCount: size)
    }
}

/// Answers send calls with the given error numbers, then with success.
private final class ScriptedKernel {
    private(set) var attempts: [TrainSender.Attempt] = []
    private var answers: [Int32]

    init(_ answers: [Int32] = []) {
        self.answers = answers
    }

    func call(_ attempt: TrainSender.Attempt) -> Int32 {
        attempts.append(attempt)
        return answers.isEmpty ? 0 : answers.removeFirst()
    }
}
