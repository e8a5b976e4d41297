internal import SUDPTransport

/// The name of the directory that a sender has of its own.
///
/// Senders that can be told apart have different names, in every run: whatever is no letter, digit
/// or `-_.@+=,` is spelt out as `%` and two digits.
enum ClientDirectory {
    private static let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.@+=,".utf8)
    /// A subject that has so many characters may have been cut.
    private static let wholeSubjectLength = 256

    /// The name for whoever is at the other end of a connection.
    static func name(of connection: Connection, isVerified: Bool) -> String {
        let peer = connection.peerIdentity
        guard isVerified, let subject = peer.certificateSubject, let pin = peer.publicKeyPin else {
            return name(ofHost: connection.remoteAddress.hostText)
        }
        return name(ofSubject: subject, pin: pin)
    }

    /// The name for a certificate: its common name where it has no other, or all of its subject.
    ///
    /// One whose subject is empty, as where only alternative names count, has its key.
    static func name(ofSubject subject: String, pin: [UInt8]) -> String {
        guard !subject.isEmpty, subject.count < wholeSubjectLength else {
            return shortened(subject + hexadecimal(pin))
        }
        let mark = "CN = "
        let common = subject.hasPrefix(mark) ? String(subject.dropFirst(mark.count)) : ""
        return escaped(common.isEmpty || common.contains("=") ? subject : common)
    }

    /// The name for an address.
    static func name(ofHost host: String) -> String {
        RelativePath.isAllowed(host) ? host : escaped(host)
    }

    private static func escaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let looksLikeAddress = NetworkAddress(host: text, port: 0) != nil
        let name = bytes.enumerated().map { index, byte in
            let mayBegin = index > 0 || byte != UInt8(ascii: ".") && !looksLikeAddress
            let isPlain = plain.contains(byte) || plain.contains(byte | 0x20) && isLetter(byte)
            return isPlain && mayBegin
                ? String(UnicodeScalar(byte)) : "%" + hexadecimal([byte])
        }.joined()
        return RelativePath.isAllowed(name) ? name : shortened(text)
    }

    /// No spelling of any other name looks like it.
    private static func shortened(_ text: String) -> String {
        "%-" + hexadecimal(Array(text.utf8).withUnsafeBytes { SHA256.digest(of: $0) })
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
