import Foundation
import SUDPSimulator
import Testing

@Suite struct FuzzTargetTests {
    private static let corpus = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Corpus")

    private func corpus(of target: FuzzTarget) throws -> [[UInt8]] {
        let folder = Self.corpus.appending(path: target.rawValue)
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.map { [UInt8](try Data(contentsOf: $0)) }
    }

    private func damage(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(4) {
            let index = Int(random.below(UInt64(bytes.count) + 1))
            switch random.below(4) {
            case 0: bytes.insert(UInt8(random.below(256)), at: index)
            case 1: if index < bytes.count { bytes.remove(at: index) }
            case 2: if index < bytes.count { bytes[index] ^= 1 << UInt8(random.below(8)) }
            default: if index < bytes.count { bytes[index] = UInt8(random.below(256)) }
            }
        }
        return bytes
    }

    @Test(arguments: FuzzTarget.allCases)
    func `what fuzzing found worth keeping breaks nothing`(_ target: FuzzTarget) throws {
        let corpus = try corpus(of: target)
        try #require(!corpus.isEmpty)
        for bytes in corpus { #expect(target.violation(bytes) == nil) }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `seeded damage to it breaks nothing`(_ target: FuzzTarget) throws {
        var random = SeededRandom(seed: 1)
        let corpus = try corpus(of: target)
        try #require(!corpus.isEmpty)
        for _ in 0..<(target == .datagram ? 300 : 3000) {
            let bytes = damage(corpus[Int(random.below(UInt64(corpus.count)))], &random)
            let violation = target.violation(bytes)
            #expect(violation == nil, "\(target) \(bytes)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `random bytes break nothing`(_ target: FuzzTarget) {
        var random = SeededRandom(seed: 2)
        for _ in 0..<(target == .datagram ? 100 : 1000) {
            let bytes = random.bytes(Int(random.below(400)))
            #expect(target.violation(bytes) == nil, "\(target) \(bytes)")
        }
    }
}
