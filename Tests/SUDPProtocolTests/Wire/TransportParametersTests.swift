import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct TransportParametersTests {
    private static var full: TransportParameters {
        var parameters = TransportParameters()
        parameters.mode = .plaintext
        parameters.initialSource = ConnectionID(value: 1)
        parameters.originalDestination = ConnectionID([UInt8](repeating: 2, count: 20))
        parameters.retrySource = ConnectionID(value: 3)
        parameters.resetToken = [UInt8](0..<16)
        parameters.maximumDatagramSize = 1472
        parameters.initialMaxData = 1 << 40
        parameters.maxAckDelayMilliseconds = 16_383
        return parameters
    }

    private static var least: TransportParameters {
        var parameters = TransportParameters()
        parameters.initialSource = ConnectionID(value: 1)
        return parameters
    }

    /// Any parameter, well-formed or not.
    private func field(_ key: UInt64, _ value: [UInt8]) -> [UInt8] {
        ByteWriter.bytes(capacity: 2000) { writer in
            writer.writeVariableLengthInteger(key)
            writer.writeVariableLengthInteger(UInt64(value.count))
            writer.write(value)
        }
    }

    private func integer(_ value: UInt64) -> [UInt8] {
        ByteWriter.bytes(capacity: 8) { $0.writeVariableLengthInteger(value) }
    }

    private var required: [UInt8] {
        field(0x20, [1]) + field(0x21, [0x53, 0x55, 0x44, 0x01]) + field(0x0f, [1, 2, 3])
            + field(0x04, [0])
    }

    @Test func `what was encoded is decoded`() {
        for parameters in [Self.full, Self.least] {
            #expect(TransportParameters.decode(parameters.encoded()) == parameters)
        }
    }

    @Test func `no part of them is enough`() {
        let encoded = Self.least.encoded()
        for count in 0..<encoded.count {
            #expect(TransportParameters.decode(Array(encoded[..<count])) == nil)
        }
    }

    @Test(arguments: [0x04, 0x0f, 0x20, 0x21] as [UInt64])
    func `a missing necessary one is an error`(_ missing: UInt64) {
        let fields: [(UInt64, [UInt8])] = [
            (0x20, [1]), (0x21, [0, 0, 0, 1]), (0x0f, [1]), (0x04, [0]),
        ]
        let all = fields.flatMap { field($0.0, $0.1) }
        let rest = fields.filter { $0.0 != missing }.flatMap { field($0.0, $0.1) }
        #expect(TransportParameters.decode(all) != nil)
        #expect(TransportParameters.decode(rest) == nil)
    }

    @Test func `a doubled one is an error and an unknown one is not`() {
        #expect(TransportParameters.decode(required) != nil)
        #expect(TransportParameters.decode(required + field(0x04, [0])) == nil)
        #expect(TransportParameters.decode(required + field(0x99, [1, 2])) != nil)
        let twice = field(0x99, []) + field(0x99, [])
        #expect(TransportParameters.decode(required + twice) == nil)
    }

    @Test func `there are only so many`() {
        let many = (100..<200 as Range<UInt64>).flatMap { field($0, []) }
        #expect(TransportParameters.decode(required + many) == nil)
    }

    @Test(
        arguments: [
            (0x03, 1199, false), (0x03, 1200, true), (0x03, 1 << 62 - 1, true),
            (0x0b, 16_383, true), (0x0b, 16_384, false), (0x0b, 0, true),
        ] as [(UInt64, UInt64, Bool)])
    func `numbers have the bounds of RFC 9000 §18.2`(
        _ key: UInt64, _ value: UInt64, _ isAccepted: Bool
    ) {
        let decoded = TransportParameters.decode(required + field(key, integer(value)))
        #expect((decoded != nil) == isAccepted)
    }

    @Test(
        arguments: [
            (0x03, [0x44, 0xb0, 0]), (0x03, []), (0x0b, [0x40]), (0x02, [1, 2, 3]),
            (0x02, [UInt8](repeating: 0, count: 17)), (0x00, [UInt8](repeating: 0, count: 21)),
            (0x10, [UInt8](repeating: 0, count: 21)),
        ] as [(UInt64, [UInt8])])
    func `a value of the wrong length is an error`(_ key: UInt64, _ value: [UInt8]) {
        #expect(TransportParameters.decode(required + field(key, value)) == nil)
    }

    @Test(arguments: [[], [2], [255], [1, 1]] as [[UInt8]])
    func `an unknown mode is an error`(_ mode: [UInt8]) {
        let rest = field(0x21, [0, 0, 0, 1]) + field(0x0f, [1]) + field(0x04, [0])
        #expect(TransportParameters.decode(field(0x20, mode) + rest) == nil)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `random damage is decoded to something or nothing`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            var bytes = Self.full.encoded()
            for _ in 0...random.below(4) {
                bytes[Int(random.below(UInt64(bytes.count)))] = UInt8(random.below(256))
            }
            guard let decoded = TransportParameters.decode(bytes) else { continue }
            #expect(TransportParameters.decode(decoded.encoded()) == decoded)
        }
    }
}
