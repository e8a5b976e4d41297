/// The alerts of TLS 1.3 (RFC 8446 §6, RFC 7301 §3.2) by number.
public enum TLSAlert {
    static let closeNotify: UInt8 = 0
    static let unexpectedMessage: UInt8 = 10
    static let internalError: UInt8 = 80
    static let missingExtension: UInt8 = 109
    static let certificateRequired: UInt8 = 116
    static let noApplicationProtocol: UInt8 = 120

    private static let names: [UInt8: String] = [
        0: "close notify",
        10: "unexpected message",
        20: "bad record MAC",
        21: "decryption failed",
        22: "record overflow",
        40: "handshake failure",
        42: "bad certificate",
        43: "unsupported certificate",
        44: "certificate revoked",
        45: "certificate expired",
        46: "certificate unknown",
        47: "illegal parameter",
        48: "unknown certificate authority",
        49: "access denied",
        50: "decode error",
        51: "decrypt error",
        70: "protocol version",
        71: "insufficient security",
        80: "internal error",
        86: "inappropriate fallback",
        90: "user canceled",
        109: "missing extension",
        110: "unsupported extension",
        112: "unrecognized name",
        113: "bad certificate status response",
        115: "unknown PSK identity",
        116: "certificate required",
        120: "no application protocol",
    ]

    /// The alert in words, or its number when TLS 1.3 knows none such.
    public static func name(_ code: UInt8) -> String {
        names[code] ?? "alert \(code)"
    }

    /// A fatal alert as an unprotected TLS record.
    static func record(_ code: UInt8) -> [UInt8] {
        [21, 3, 3, 0, 2, 2, code]
    }
}
