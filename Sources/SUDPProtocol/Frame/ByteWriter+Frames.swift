extension ByteWriter {
    mutating func writeFrame(_ type: FrameType) {
        writeVariableLengthInteger(type.rawValue)
    }

    mutating func writeFrame(_ type: FrameType, _ number: UInt64) {
        writeVariableLengthInteger(type.rawValue)
        writeVariableLengthInteger(number)
    }

    mutating func writeReset(code: UInt64, finalSize: UInt64) {
        writeFrame(.reset, code)
        writeVariableLengthInteger(finalSize)
    }

    mutating func writeBytes(_ type: FrameType, _ bytes: [UInt8]) {
        writeFrame(type, UInt64(bytes.count))
        write(bytes)
    }

    mutating func writeCrypto(offset: UInt64, _ bytes: ArraySlice<UInt8>) {
        writeFrame(.crypto, offset)
        writeVariableLengthInteger(UInt64(bytes.count))
        write(bytes)
    }

    /// The bytes that a STREAM or CRYPTO frame at `offset` takes besides its data.
    static func dataFrameOverhead(offset: UInt64, length: Int) -> Int {
        1 + byteCount(of: offset) + byteCount(of: UInt64(length))
    }

    mutating func writePathFrame(_ type: FrameType, _ data: UInt64) {
        writeFrame(type)
        write(data)
    }

    mutating func writeNewConnectionID(_ frame: NewConnectionIDFrame) {
        writeFrame(.newConnectionID, frame.sequence)
        writeVariableLengthInteger(frame.retirePriorTo)
        write(UInt8(truncatingIfNeeded: frame.connectionID.byteCount))
        write(frame.connectionID.bytes)
        write(frame.resetToken)
    }

    mutating func writeClose(_ code: CloseCode, reason: String) {
        let text = Array(reason.utf8.prefix(Limits.closeReasonByteCount))
        switch code {
        case .transport(let code): writeFrame(.closeTransport, code.rawValue)
        case .tlsAlert(let alert): writeFrame(.closeTLS, UInt64(alert))
        case .application(let code):
            writeFrame(.closeApplication, min(code, Limits.applicationCodeMaximum))
        }
        writeVariableLengthInteger(UInt64(text.count))
        write(text)
    }

    /// Writes as many of the newest ranges as fit.
    mutating func writeAck(
        _ ranges: DisjointRanges, above floor: UInt64, delay: TimeSpan, ecn: ECNCounts
    ) {
        guard let newest = ranges.last else { return }
        let maximum = min(max(0, (room - 60) / 16), Limits.ackRangesKept - 1)
        var following = 0
        while following < min(ranges.count - 1, maximum),
            ranges[ranges.count - 2 - following].upperBound > floor
        { following += 1 }
        writeFrame(ecn.isZero ? .ack : .ackECN, newest.upperBound - 1)
        writeVariableLengthInteger(delay.nanoseconds / 1000)
        writeVariableLengthInteger(UInt64(following))
        writeVariableLengthInteger(newest.upperBound - 1 - newest.lowerBound)
        var low = newest.lowerBound
        for index in 0..<following {
            let range = ranges[ranges.count - 2 - index]
            writeVariableLengthInteger(low - range.upperBound - 1)
            writeVariableLengthInteger(range.upperBound - 1 - range.lowerBound)
            low = range.lowerBound
        }
        guard !ecn.isZero else { return }
        writeVariableLengthInteger(ecn.ect0)
        writeVariableLengthInteger(ecn.ect1)
        writeVariableLengthInteger(ecn.ce)
    }
}
