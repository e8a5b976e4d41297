import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct VersionNegotiationTests {
    private func parse(_ bytes: [UInt8]) -> VersionNegotiation.Invariants? {
        bytes.withUnsafeBytes { VersionNegotiation.parse($0) }
    }

    private func trigger(_ destination: [UInt8], _ source: [UInt8], version: UInt32) -> [UInt8] {
        ByteWriter.bytes(capacity: 600) { writer in
            writer.write(UInt8(0x80))
            writer.write(version)
            writer.write(UInt8(destination.count))
            writer.write(destination)
            writer.write(UInt8(source.count))
            writer.write(source)
        }
    }

    @Test(arguments: [0, 1, 8, 20, 21, 255], [0, 8, 255])
    func `the answer swaps connection IDs of any length and lists our version`(
        _ destinationLength: Int, _ sourceLength: Int
    ) throws {
        let destination = [UInt8](repeating: 1, count: destinationLength)
        let source = [UInt8](repeating: 2, count: sourceLength)
        let asked = try #require(parse(trigger(destination, source, version: 0xdead_beef)))
        let answer = VersionNegotiation.answer(to: asked, flags: 0x13)
        #expect(answer[0] & 0xc0 == 0xc0)
        #expect(answer.count < Limits.minimumDatagramSize)
        let read = try #require(parse(answer))
        #expect(read.version == 0)
        #expect(read.destination == source)
        #expect(read.source == destination)
        #expect(read.versions.contains(Limits.version))
    }

    @Test func `a list that is empty or cut is malformed`() throws {
        let head = trigger([1], [2], version: 0)
        #expect(parse(head) == nil)
        #expect(parse(head + [1, 2, 3]) == nil)
        #expect(parse(head + [1, 2, 3, 4]) != nil)
        #expect(parse(head + [1, 2, 3, 4, 5]) == nil)
    }

    @Test func `every cut of the invariants is malformed`() {
        let packet = trigger([1, 2, 3], [4, 5], version: 7)
        #expect(parse(packet) != nil)
        for count in 0..<packet.count { #expect(parse(Array(packet[..<count])) == nil) }
    }

    @Test func `a short header has no invariants of a long one`() {
        #expect(parse([0x40] + [UInt8](repeating: 0, count: 100)) == nil)
    }
}
