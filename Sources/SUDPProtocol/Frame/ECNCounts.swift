/// How many packets arrived with each ECN codepoint (RFC 9000 §19.3.2).
struct ECNCounts: Equatable {
    var ect0: UInt64 = 0
    var ect1: UInt64 = 0
    var ce: UInt64 = 0

    init() {}

    init?(_ reader: inout ByteReader) {
        guard let ect0 = reader.readVariableLengthInteger(),
            let ect1 = reader.readVariableLengthInteger(),
            let ce = reader.readVariableLengthInteger()
        else { return nil }
        (self.ect0, self.ect1, self.ce) = (ect0, ect1, ce)
    }

    var isZero: Bool { ect0 == 0 && ect1 == 0 && ce == 0 }

    mutating func count(_ codepoint: ECNCodepoint) {
        switch codepoint {
        case .notECT: break
        case .ect0: ect0 &+= 1
        case .ect1: ect1 &+= 1
        case .ce: ce &+= 1
        }
    }
}
