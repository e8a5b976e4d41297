import SUDPCrypto
import Testing

@Suite struct PacketProtectionTests {
    struct Vector: Sendable {
        let key: [UInt8]
        let initialVector: [UInt8]
        let header: [UInt8]
        let plaintext: [UInt8]
        let ciphertext: [UInt8]
        let tag: [UInt8]
    }

    private static let zeroKey = [UInt8](repeating: 0, count: 32)
    private static let key = bytes(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    private static let plaintext = bytes(
        """
        d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
        1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255
        """)
    private static let ciphertext = bytes(
        """
        522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
        8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad
        """)

    // McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 to 16.
    static let vectors = [
        Vector(
            key: zeroKey, initialVector: [UInt8](repeating: 0, count: 12), header: [],
            plaintext: [], ciphertext: [], tag: bytes("530f8afbc74536b9a963b4f1c4cb738b")),
        Vector(
            key: zeroKey, initialVector: [UInt8](repeating: 0, count: 12), header: [],
            plaintext: [UInt8](repeating: 0, count: 16),
            ciphertext: bytes("cea7403d4d606b6e074ec5d3baf39d18"),
            tag: bytes("d0d1c8a799996bf0265b98b5d48ab919")),
        Vector(
            key: key, initialVector: bytes("cafebabefacedbaddecaf888"), header: [],
            plaintext: plaintext, ciphertext: ciphertext,
            tag: bytes("b094dac5d93471bdec1a502270e3cc6c")),
        Vector(
            key: key, initialVector: bytes("cafebabefacedbaddecaf888"),
            header: bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            plaintext: [UInt8](plaintext.prefix(60)), ciphertext: [UInt8](ciphertext.prefix(60)),
            tag: bytes("76fc6ece0f4e1768cddf8853bb2d551b")),
    ]

    let secret: Secret
    let sealing: PacketProtection
    let opening: PacketProtection

    init() throws {
        secret = try #require(Secret([UInt8](0..<32)))
        sealing = PacketProtection(secret: secret)
        opening = PacketProtection(secret: secret)
    }

    private func packet(headerByteCount: Int, plaintextByteCount: Int) -> [UInt8] {
        (0..<(headerByteCount + plaintextByteCount + 16)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    }

    private func open(
        _ packet: [UInt8], headerByteCount: Int = 14, packetNumber: UInt64 = 9
    ) -> [UInt8]? {
        var packet = packet
        let isOpen = packet.withUnsafeMutableBytes {
            opening.open($0, headerByteCount: headerByteCount, packetNumber: packetNumber)
        }
        return isOpen ? packet : nil
    }

    private func seal(
        _ packet: [UInt8], headerByteCount: Int = 14, packetNumber: UInt64 = 9
    ) -> [UInt8]? {
        var packet = packet
        let isSealed = packet.withUnsafeMutableBytes {
            sealing.seal($0, headerByteCount: headerByteCount, packetNumber: packetNumber)
        }
        return isSealed ? packet : nil
    }

    @Test(arguments: vectors, [0, 1, 0x0102_0304_0506_0708, UInt64.max])
    func `sealing agrees with published vectors`(_ vector: Vector, _ packetNumber: UInt64) throws {
        // The packet number cancels out of the nonce.
        var initialVector = vector.initialVector
        for index in 0..<8 {
            initialVector[11 - index] ^= UInt8(truncatingIfNeeded: packetNumber >> (8 * index))
        }
        let protection = PacketProtection(
            key: try #require(Secret(vector.key)), initialVector: initialVector)
        var packet = vector.header + vector.plaintext + [UInt8](repeating: 0, count: 16)
        let count = vector.header.count
        #expect(
            packet.withUnsafeMutableBytes {
                protection.seal($0, headerByteCount: count, packetNumber: packetNumber)
            })
        #expect(packet == vector.header + vector.ciphertext + vector.tag)
        #expect(
            packet.withUnsafeMutableBytes {
                protection.open($0, headerByteCount: count, packetNumber: packetNumber)
            })
        #expect(packet == vector.header + vector.plaintext + vector.tag)
    }

    @Test func `packets of every size come back`() throws {
        for size in 0...2000 {
            let original = packet(headerByteCount: 14, plaintextByteCount: size)
            let sealed = try #require(seal(original))
            #expect(sealed.prefix(14) == original.prefix(14))
            let opened = try #require(open(sealed))
            #expect(opened.dropLast(16) == original.dropLast(16))
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 100, 1400])
    func `a changed byte is refused wherever it is`(_ size: Int) throws {
        let sealed = try #require(seal(packet(headerByteCount: 14, plaintextByteCount: size)))
        for index in sealed.indices {
            var damaged = sealed
            damaged[index] ^= UInt8(1 << (index % 8))
            #expect(open(damaged) == nil)
        }
        #expect(open(sealed) != nil)
    }

    @Test func `another packet number, key or border is refused`() throws {
        let sealed = try #require(seal(packet(headerByteCount: 14, plaintextByteCount: 50)))
        #expect(open(sealed, packetNumber: 10) == nil)
        #expect(open(sealed, packetNumber: 9 + 1 << 32) == nil)
        #expect(open(sealed, headerByteCount: 13) == nil)
        #expect(open([UInt8](sealed.dropLast())) == nil)
        let stranger = PacketProtection(secret: HKDF.expandLabel(secret, "other"))
        var copy = sealed
        #expect(
            !copy.withUnsafeMutableBytes { stranger.open($0, headerByteCount: 14, packetNumber: 9) }
        )
    }

    @Test func `a refused packet keeps header and tag`() throws {
        var damaged = try #require(seal(packet(headerByteCount: 14, plaintextByteCount: 50)))
        damaged[20] ^= 1
        let before = damaged
        #expect(
            !damaged.withUnsafeMutableBytes {
                opening.open($0, headerByteCount: 14, packetNumber: 9)
            })
        #expect(damaged.prefix(14) == before.prefix(14))
        #expect(damaged.suffix(16) == before.suffix(16))
    }

    @Test(arguments: [
        (0, 0), (15, 0), (16, 1), (20, 5), (100, 85), (100, -1), (100, Int.max), (100, Int.min),
    ])
    func `a packet without room for header and tag is refused untouched`(
        _ count: Int, _ headerByteCount: Int
    ) {
        let packet = [UInt8](repeating: 3, count: count)
        #expect(seal(packet, headerByteCount: headerByteCount) == nil)
        #expect(open(packet, headerByteCount: headerByteCount) == nil)
        var copy = packet
        let isSealed = copy.withUnsafeMutableBytes {
            sealing.sealTrain(
                $0, segmentByteCount: 50, headerByteCount: headerByteCount, firstPacketNumber: 0)
        }
        #expect(!isSealed)
        #expect(copy == packet)
    }

    @Test(arguments: [(1, 1200), (44, 1472), (54, 1200), (3, 30)], [0, 7])
    func `a train equals its packets sealed one by one`(
        _ shape: (count: Int, byteCount: Int), _ shortage: Int
    ) throws {
        let count = shape.count * shape.byteCount - shortage
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 11) }
        var train = plain
        #expect(
            train.withUnsafeMutableBytes {
                sealing.sealTrain(
                    $0, segmentByteCount: shape.byteCount, headerByteCount: 7,
                    firstPacketNumber: 100)
            })
        for index in 0..<shape.count {
            let range = (index * shape.byteCount)..<min(count, (index + 1) * shape.byteCount)
            let single = seal(
                [UInt8](plain[range]), headerByteCount: 7, packetNumber: 100 + UInt64(index))
            #expect(single == [UInt8](train[range]))
        }
    }

    @Test func `a train whose last packet is too short or numbered too high is refused`() {
        let plain = [UInt8](repeating: 1, count: 1200 + 20)
        var train = plain
        train.withUnsafeMutableBytes {
            for (segment, first) in [(1200, 0), (610, UInt64.max), (0, 0), (-1, 0)] {
                #expect(
                    !sealing.sealTrain(
                        $0, segmentByteCount: segment, headerByteCount: 7, firstPacketNumber: first)
                )
            }
        }
        #expect(train == plain)
    }

    @Test func `the retry tag depends on every byte`() {
        let packet = [UInt8](0..<60)
        let tag = RetryIntegrity.tag(packet)
        #expect(tag.count == 16)
        #expect(RetryIntegrity.tag(packet) == tag)
        for index in packet.indices {
            var other = packet
            other[index] ^= 1
            #expect(RetryIntegrity.tag(other) != tag)
        }
        #expect(RetryIntegrity.tag([]).count == 16)
    }
}
