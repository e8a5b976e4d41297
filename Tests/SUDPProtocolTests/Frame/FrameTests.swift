import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct FrameTests {
    private static let largest: UInt64 = 1 << 62 - 1
    private static let token = [UInt8](0..<16)

    /// One encoded frame of every kind, and how it reads in words.
    static let samples: [(name: String, bytes: [UInt8])] = [
        ("padding 3", [0, 0, 0]),
        ("ping", frame { $0.writeFrame(.ping) }),
        ("reset 7 of \(largest)", frame { $0.writeReset(code: 7, finalSize: largest) }),
        ("stop 300", frame { $0.writeFrame(.stop, 300) }),
        ("crypto 70: [1, 2, 3]", frame { $0.writeCrypto(offset: 70, [1, 2, 3]) }),
        ("new token [4, 5]", frame { $0.writeBytes(.newToken, [4, 5]) }),
        ("parameters [6]", frame { $0.writeBytes(.parameters, [6]) }),
        ("stream 1000: [8, 9]", stream(.stream, offset: 1000, [8, 9])),
        ("final stream 1000: []", stream(.streamFIN, offset: 1000, [])),
        ("max data \(largest)", frame { $0.writeFrame(.maxData, largest) }),
        ("data blocked 5", frame { $0.writeFrame(.dataBlocked, 5) }),
        (
            "new connection ID 3 retiring 2: 42",
            frame {
                $0.writeNewConnectionID(
                    NewConnectionIDFrame(
                        sequence: 3, retirePriorTo: 2, connectionID: ConnectionID(value: 42),
                        resetToken: token))
            }
        ),
        ("retire connection ID 9", frame { $0.writeFrame(.retireConnectionID, 9) }),
        ("path challenge \(UInt64.max)", frame { $0.writePathFrame(.pathChallenge, .max) }),
        ("path response 1", frame { $0.writePathFrame(.pathResponse, 1) }),
        (
            "close transport(10) no",
            frame { $0.writeClose(.transport(.protocolViolation), reason: "no") }
        ),
        ("close tlsAlert(42) ", frame { $0.writeClose(.tlsAlert(42), reason: "") }),
        ("close application(0) ok", frame { $0.writeClose(.application(0), reason: "ok") }),
        ("handshake done", frame { $0.writeFrame(.handshakeDone) }),
        ("consumed 12", frame { $0.writeFrame(.consumed, 12) }),
    ]

    private static func frame(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
        ByteWriter.bytes(capacity: 1000, body)
    }

    private static func stream(_ type: FrameType, offset: UInt64, _ data: [UInt8]) -> [UInt8] {
        frame { writer in
            writer.writeFrame(type, offset)
            writer.writeVariableLengthInteger(UInt64(data.count))
            writer.write(data)
        }
    }

    /// The first frame in words; nil when it is refused.
    private func words(_ bytes: [UInt8]) -> String? {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            return Frame.decode(&reader).map(\.words)
        }
    }

    @Test(arguments: samples)
    func `what was encoded is decoded`(_ sample: (name: String, bytes: [UInt8])) {
        #expect(words(sample.bytes) == sample.name)
        let ends = sample.bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            return Frame.decode(&reader) != nil && reader.isAtEnd
        }
        #expect(ends)
    }

    @Test(arguments: samples.dropFirst())
    func `every cut of a frame is refused`(_ sample: (name: String, bytes: [UInt8])) {
        for count in 0..<sample.bytes.count {
            #expect(words(Array(sample.bytes[..<count])) == nil)
        }
    }

    @Test func `unknown types are refused`() {
        let known = Set((0..<0x40).filter { FrameType(rawValue: $0) != nil })
        let rest = [UInt8](repeating: 0, count: 100)
        for type in 0..<UInt64(0x40) where !known.contains(type) {
            #expect(words([UInt8(type)] + rest) == nil)
        }
        for type in [0x4040, 1 << 30, Self.largest] as [UInt64] {
            let bytes = ByteWriter.bytes(capacity: 8) { $0.writeVariableLengthInteger(type) }
            #expect(words(bytes + rest) == nil)
        }
    }

    @Test(arguments: [FrameType.crypto, .stream, .streamFIN])
    func `data may not end beyond the largest offset`(_ type: FrameType) {
        #expect(words(Self.stream(type, offset: Self.largest - 2, [1, 2])) != nil)
        #expect(words(Self.stream(type, offset: Self.largest - 1, [1, 2])) == nil)
        #expect(words(Self.stream(type, offset: Self.largest, [1])) == nil)
    }

    @Test(arguments: [FrameType.crypto, .stream, .newToken, .parameters])
    func `a length beyond the packet is refused`(_ type: FrameType) {
        let offset: [UInt8] = type == .crypto || type == .stream ? [0] : []
        for length in [4, 64, 1 << 32, Self.largest] as [UInt64] {
            let bytes = ByteWriter.bytes(capacity: 8) { $0.writeVariableLengthInteger(length) }
            #expect(words([UInt8(type.rawValue)] + offset + bytes + [1, 2, 3]) == nil)
        }
    }

    @Test(arguments: [0, 7, 9, 20, 255] as [UInt8])
    func `a new connection ID has eight bytes`(_ length: UInt8) {
        let rest = [UInt8](repeating: 1, count: 300)
        #expect(words([0x18, 3, 2, length] + rest) == nil)
    }

    @Test func `a new connection ID retires none after itself`() {
        let rest = [8] + [UInt8](repeating: 1, count: 24)
        #expect(words([0x18, 3, 3] + rest) != nil)
        #expect(words([0x18, 3, 4] + rest) == nil)
    }

    @Test func `an alert has one byte`() {
        #expect(words([0x1f, 0x40, 0xff, 0]) != nil)
        #expect(words([0x1f, 0x41, 0x00, 0]) == nil)
    }

    @Test func `a reason over the limit is refused, and cut when we write it`() {
        let limit = Limits.closeReasonByteCount
        let text = [UInt8](repeating: 0x61, count: limit + 1)
        let head: [UInt8] = [0x1d, 0]
        func length(_ count: Int) -> [UInt8] {
            ByteWriter.bytes(capacity: 8) { $0.writeVariableLengthInteger(UInt64(count)) }
        }
        #expect(words(head + length(limit) + text) != nil)
        #expect(words(head + length(limit + 1) + text) == nil)
        let written = Self.frame {
            $0.writeClose(.application(3), reason: String(repeating: "é", count: limit))
        }
        #expect(words(written)?.hasPrefix("close application(3) éé") == true)
        #expect(written.count == 2 + 2 + limit)
    }

    @Test func `only acknowledgements, padding and closing ask for no acknowledgement`() {
        for sample in Self.samples {
            let expected = !sample.name.hasPrefix("padding") && !sample.name.hasPrefix("close")
            let isAckEliciting = sample.bytes.withUnsafeBytes { buffer in
                var reader = ByteReader(buffer)
                return Frame.decode(&reader)?.isAckEliciting
            }
            #expect(isAckEliciting == expected, "\(sample.name)")
        }
    }

    @Test func `what needs session keys is not for initial packets`() {
        let allowed = ["padding", "ping", "crypto", "close", "parameters"]
        for sample in Self.samples {
            let isAllowed = sample.bytes.withUnsafeBytes { buffer in
                var reader = ByteReader(buffer)
                return Frame.decode(&reader)?.isAllowedInInitialPackets
            }
            let expected = allowed.contains { sample.name.hasPrefix($0) }
            #expect(isAllowed == expected, "\(sample.name)")
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `random bytes are decoded in steps of at least one byte`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            var bytes = random.bytes(Int(random.below(80)))
            if !bytes.isEmpty { bytes[0] &= 0x3f }
            bytes.withUnsafeBytes { buffer in
                var reader = ByteReader(buffer)
                var before = 0
                while !reader.isAtEnd, Frame.decode(&reader) != nil {
                    #expect(reader.offset > before)
                    before = reader.offset
                }
                #expect(reader.offset <= buffer.count)
            }
        }
    }
}
