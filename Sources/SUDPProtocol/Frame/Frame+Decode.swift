extension Frame {
    /// The next frame; nil when it is malformed or unknown.
    static func decode(_ reader: inout ByteReader) -> Frame? {
        guard let number = reader.readVariableLengthInteger(),
            let type = FrameType(rawValue: number)
        else { return nil }
        switch type {
        case .padding: return .padding(1 + reader.skipZeros())
        case .ping: return .ping
        case .ack: return AckFrame(&reader, hasECN: false).map(Frame.ack)
        case .ackECN: return AckFrame(&reader, hasECN: true).map(Frame.ack)
        case .crypto: return decodeCrypto(&reader)
        case .stream: return decodeStream(&reader, isFinal: false)
        case .streamFIN: return decodeStream(&reader, isFinal: true)
        case .newToken: return decodeBytes(&reader).map(Frame.newToken)
        case .parameters: return decodeBytes(&reader).map(Frame.parameters)
        case .newConnectionID: return decodeNewConnectionID(&reader)
        case .pathChallenge: return reader.readUInt64().map(Frame.pathChallenge)
        case .pathResponse: return reader.readUInt64().map(Frame.pathResponse)
        case .closeTransport, .closeTLS, .closeApplication: return decodeClose(&reader, type)
        case .handshakeDone: return .handshakeDone
        case .reset, .stop, .maxData, .dataBlocked, .retireConnectionID, .consumed:
            return decodeNumbers(&reader, type)
        }
    }

    private static func decodeNumbers(_ reader: inout ByteReader, _ type: FrameType) -> Frame? {
        guard let value = reader.readVariableLengthInteger() else { return nil }
        switch type {
        case .reset:
            guard let finalSize = reader.readVariableLengthInteger() else { return nil }
            return .reset(code: value, finalSize: finalSize)
        case .stop: return .stop(code: value)
        case .maxData: return .maxData(value)
        case .dataBlocked: return .dataBlocked(limit: value)
        case .retireConnectionID: return .retireConnectionID(sequence: value)
        default: return .consumed(finalSize: value)
        }
    }

    private static func decodeBytes(_ reader: inout ByteReader) -> UnsafeRawBufferPointer? {
        reader.readLength().flatMap { reader.readSlice($0) }
    }

    private static func decodeCrypto(_ reader: inout ByteReader) -> Frame? {
        guard let offset = reader.readVariableLengthInteger(), let data = decodeBytes(&reader),
            UInt64(data.count) <= Limits.streamOffsetMaximum - offset
        else { return nil }
        return .crypto(offset: offset, data)
    }

    private static func decodeStream(_ reader: inout ByteReader, isFinal: Bool) -> Frame? {
        guard let offset = reader.readVariableLengthInteger(), let data = decodeBytes(&reader),
            UInt64(data.count) <= Limits.streamOffsetMaximum - offset
        else { return nil }
        return .stream(offset: offset, data, isFinal: isFinal)
    }

    private static func decodeNewConnectionID(_ reader: inout ByteReader) -> Frame? {
        guard let sequence = reader.readVariableLengthInteger(),
            let retirePriorTo = reader.readVariableLengthInteger(), retirePriorTo <= sequence,
            let length = reader.readUInt8(), length == UInt8(Limits.connectionIDByteCount),
            let connectionID = reader.readConnectionID(Int(length)),
            let token = reader.readBytes(16)
        else { return nil }
        return .newConnectionID(
            NewConnectionIDFrame(
                sequence: sequence, retirePriorTo: retirePriorTo, connectionID: connectionID,
                resetToken: token))
    }

    private static func decodeClose(_ reader: inout ByteReader, _ type: FrameType) -> Frame? {
        guard let number = reader.readVariableLengthInteger(),
            let reason = decodeBytes(&reader), reason.count <= Limits.closeReasonByteCount
        else { return nil }
        switch type {
        case .closeTransport:
            return .close(.transport(TransportErrorCode(rawValue: number)), reason: reason)
        case .closeTLS:
            guard let alert = UInt8(exactly: number) else { return nil }
            return .close(.tlsAlert(alert), reason: reason)
        default:
            return .close(.application(number), reason: reason)
        }
    }
}
