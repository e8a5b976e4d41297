internal import COpenSSL

/// The serial number of a certificate: a positive integer of at most 20 bytes.
struct SerialNumber: Hashable {
    private static let randomByteCount = 16

    let bytes: [UInt8]

    /// 16 bytes, the first between 0x40 and 0x7f: positive and of one length.
    static func random() throws(CryptoError) -> SerialNumber {
        var bytes = [UInt8](try SystemEntropy.seed().bytes.prefix(randomByteCount))
        bytes[0] = bytes[0] & 0x7f | 0x40
        return SerialNumber(bytes: bytes)
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(_ integer: UnsafePointer<ASN1_INTEGER>?) {
        guard let integer else {
            bytes = []
            return
        }
        bytes = [UInt8](
            UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(integer),
                count: max(0, Int(ASN1_STRING_length(integer)))))
    }

    /// Reads an even number of hexadecimal digits, at most 40.
    init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, text.utf8.count == text.count, digits.count % 2 == 0,
            (2...40).contains(digits.count)
        else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(digits[index] << 4 | digits[index + 1])
        }
    }

    var hexadecimal: String { PrintableText.hexadecimal(bytes) }

    func withUnsafeInteger(_ body: (UnsafeMutablePointer<ASN1_INTEGER>) -> Bool) -> Bool {
        guard let number = BN_bin2bn(bytes, Int32(clamping: bytes.count), nil) else {
            return false
        }
        defer { BN_free(number) }
        guard let integer = BN_to_ASN1_INTEGER(number, nil) else { return false }
        defer { ASN1_INTEGER_free(integer) }
        return body(integer)
    }
}
