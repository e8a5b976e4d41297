/// What can be fed with any bytes: by libFuzzer, and by a test with a corpus and seeded damage.
enum FuzzTarget: String, CaseIterable, Sendable {
    case acknowledgements
    case datagram
    case frames
    case reassembly
    case parameters

    /// What went wrong with these bytes; nil when nothing did.
    func violation(_ bytes: [UInt8]) -> String? {
        switch self {
        case .acknowledgements: AcknowledgementsFuzz.violation(bytes)
        case .datagram: DatagramFuzz.violation(bytes)
        case .frames: FramesFuzz.violation(bytes)
        case .reassembly: ReassemblyFuzz.violation(bytes)
        case .parameters: ParametersFuzz.violation(bytes)
        }
    }
}
