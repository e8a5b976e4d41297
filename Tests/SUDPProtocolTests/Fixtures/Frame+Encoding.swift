@testable import SUDPProtocol

extension Frame {
    /// The frame as our own writer makes it, or as RFC 9000 §19.3 lays out acknowledgements.
    var encoded: [UInt8] {
        if case .ack(let ack) = self {
            let counts = ack.ecnCounts.map { [$0.ect0, $0.ect1, $0.ce] } ?? []
            let tail = ByteWriter.bytes(capacity: 24) { writer in
                for count in counts { writer.writeVariableLengthInteger(count) }
            }
            let type: FrameType = ack.ecnCounts == nil ? .ack : .ackECN
            return [UInt8(type.rawValue)]
                + encodedAck(ack.ranges, delayMicroseconds: ack.delayMicroseconds) + tail
        }
        return ByteWriter.bytes(capacity: 66_000) { write(to: &$0) }
    }

    private func write(to writer: inout ByteWriter) {
        switch self {
        case .ack: break
        case .padding(let count): writer.writeZeros(count)
        case .ping: writer.writeFrame(.ping)
        case .handshakeDone: writer.writeFrame(.handshakeDone)
        case .reset(let code, let finalSize): writer.writeReset(code: code, finalSize: finalSize)
        case .stop(let code): writer.writeFrame(.stop, code)
        case .maxData(let limit): writer.writeFrame(.maxData, limit)
        case .dataBlocked(let limit): writer.writeFrame(.dataBlocked, limit)
        case .retireConnectionID(let sequence): writer.writeFrame(.retireConnectionID, sequence)
        case .consumed(let finalSize): writer.writeFrame(.consumed, finalSize)
        case .pathChallenge(let data): writer.writePathFrame(.pathChallenge, data)
        case .pathResponse(let data): writer.writePathFrame(.pathResponse, data)
        case .newConnectionID(let frame): writer.writeNewConnectionID(frame)
        case .newToken(let bytes): writer.writeBytes(.newToken, Array(bytes))
        case .parameters(let bytes): writer.writeBytes(.parameters, Array(bytes))
        case .crypto(let offset, let data): writer.writeCrypto(offset: offset, ArraySlice(data))
        case .stream(let offset, let data, let isFinal):
            writer.writeFrame(isFinal ? .streamFIN : .stream, offset)
            writer.writeVariableLengthInteger(UInt64(data.count))
            writer.write(data)
        case .close(let code, let reason): Self.writeClose(code, reason, to: &writer)
        }
    }

    private static func writeClose(
        _ code: CloseCode, _ reason: UnsafeRawBufferPointer, to writer: inout ByteWriter
    ) {
        switch code {
        case .transport(let code): writer.writeFrame(.closeTransport, code.rawValue)
        case .tlsAlert(let alert): writer.writeFrame(.closeTLS, UInt64(alert))
        case .application(let code): writer.writeFrame(.closeApplication, code)
        }
        writer.writeVariableLengthInteger(UInt64(reason.count))
        writer.write(reason)
    }
}
