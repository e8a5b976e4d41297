import SUDPTransport

@testable import SUDPServices

/// Streams as senders send them, with anything done to them.
struct HostileStreams {
    private static let names = [
        "a", "b", "d", "d/a", "d/b", "d/e/a", "d/e", "link", "link/a", "dangling", "file", "file/a",
        "..", ".", "../target", "d/../../target", "/tmp/x", "a\u{0}", "", "d//a", "a/", "\u{1b}[2J",
        "\u{202e}a\nb\r\u{7}", ".a.sudp-part", String(repeating: "n", count: 255),
        String(repeating: "n", count: 256), String(repeating: "d/", count: 101) + "a",
    ]
    private static let targets = [
        "a", "../a", "../../target", "/etc/passwd", "d/e", "", "../../..",
    ]
    private static let numbers: [UInt64] = [
        0, 1, 2, 3, 4, 100, 65_536, 65_537, 1 << 20, 1 << 32, 1 << 62, .max - 1, .max,
    ]

    private var random: Seeded

    init(seed: UInt64) {
        random = Seeded(state: seed)
    }

    /// One stream in pieces.
    mutating func next() -> [[UInt8]] {
        var messages = [
            FileMessage.hello(protocolName: FileLimits.protocolName, isDryRun: chance(20))
        ]
        .map(\.message.encoded)
        for _ in 0..<below(12) { messages += item() }
        messages.append(FileMessage.done.message.encoded)
        if chance(2) { shuffle(&messages) }
        var bytes = messages.flatMap { $0 }
        if chance(2) { damage(&bytes) }
        return pieces(of: bytes)
    }

    private mutating func item() -> [[UInt8]] {
        let id = UInt32(below(6))
        switch below(8) {
        case 0:
            return encoded([
                .directory(id: id, path: name()), .directoryEnd(id: id, attributes()),
            ])
        case 1: return encoded([.link(id: id, path: name(), target: pick(Self.targets))])
        case 2: return encoded([.plan(files: number(), bytes: number(), storage: number())])
        case 3: return encoded([.hole(id: id, chunks: number()), .start(id: id, chunk: number())])
        case 4: return encoded([.abandoned(id: id, .sourceChanged, reason: name())])
        default: return file(id)
        }
    }

    private mutating func file(_ id: UInt32) -> [[UInt8]] {
        let content = (0..<below(4)).map { _ in UInt8(below(256)) }
        let isHonest = !chance(3)
        let awaitsOffer = chance(3)
        var messages = encoded([
            .file(
                FileAnnouncement(
                    id: id, path: name(), size: isHonest ? UInt64(content.count) : number(),
                    attributes: attributes(), awaitsOffer: awaitsOffer, isSparse: chance(3)))
        ])
        if awaitsOffer { messages += encoded([.start(id: id, chunk: chance(3) ? number() : 0)]) }
        if chance(6) { messages += encoded([.hole(id: id, chunks: number())]) }
        if !content.isEmpty { messages.append(Self.content(id, content)) }
        return messages
            + encoded([
                .end(id: id, size: UInt64(content.count), digest: RawSender.digest(of: content))
            ])
    }

    private static func content(_ id: UInt32, _ bytes: [UInt8]) -> [UInt8] {
        var fields = FieldWriter()
        fields.write(id)
        fields.write(raw: bytes)
        fields.write(raw: bytes.withUnsafeBytes { SHA256.digest(of: $0) })
        return Message(type: FileMessage.Kind.content.rawValue, body: fields.bytes).encoded
    }

    private mutating func attributes() -> FileAttributes {
        FileAttributes(
            permissions: UInt16(truncatingIfNeeded: random.next()),
            time: FileTime(
                seconds: Int64(truncatingIfNeeded: number()), nanoseconds: UInt32(below(1 << 31))))
    }

    private mutating func shuffle(_ messages: inout [[UInt8]]) {
        for _ in 0..<1 + below(4) {
            let (one, other) = (below(messages.count), below(messages.count))
            switch below(3) {
            case 0: messages.swapAt(one, other)
            case 1: messages.insert(messages[one], at: other)
            default: if messages.count > 1 { messages.remove(at: one) }
            }
        }
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0..<1 + below(6) where !bytes.isEmpty {
            let index = below(bytes.count)
            switch below(5) {
            case 0: bytes[index] ^= 1 << UInt8(below(8))
            case 1: bytes[index] = UInt8(below(256))
            case 2: bytes.removeLast(min(below(64), bytes.count))
            case 3: bytes.removeSubrange(index..<min(index + below(8), bytes.count))
            default:
                bytes.insert(contentsOf: (0..<below(16)).map { UInt8($0 * 37 % 256) }, at: index)
            }
        }
    }

    private mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var rest = bytes[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let count = min(1 + below(chance(3) ? 7 : 1500), rest.count)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private func encoded(_ messages: [FileMessage]) -> [[UInt8]] { messages.map(\.message.encoded) }

    private mutating func name() -> String { pick(Self.names) }

    private mutating func number() -> UInt64 { pick(Self.numbers) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Whether one of `count` cases has come.
    mutating func chance(_ count: Int) -> Bool { below(count) == 0 }

    /// A number from 0 to `bound` - 1.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
}

/// SplitMix64.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
