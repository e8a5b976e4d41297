@testable import SUDPProtocol

/// The payload of a packet: every frame that decodes is written and decoded to the same again.
enum FramesFuzz {
    static func violation(_ bytes: [UInt8]) -> String? {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            while !reader.isAtEnd {
                let before = reader.offset
                guard let frame = Frame.decode(&reader) else { return nil }
                guard reader.offset > before, reader.offset <= buffer.count else {
                    return "the reader went from \(before) to \(reader.offset)"
                }
                guard let again = words(ofFirst: frame.encoded) else {
                    return "\(frame.words) is not read back"
                }
                guard again == frame.words else { return "\(frame.words) became \(again)" }
            }
            return nil
        }
    }

    private static func words(ofFirst bytes: [UInt8]) -> String? {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            guard let frame = Frame.decode(&reader), reader.isAtEnd else { return nil }
            return frame.words
        }
    }
}
