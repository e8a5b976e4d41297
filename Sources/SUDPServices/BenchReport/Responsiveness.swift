/// How many round trips a minute has under load, as draft-ietf-ippm-responsiveness counts them.
struct Responsiveness: Sendable {
    /// Seconds that handshakes on new connections took, and questions on those.
    let handshakes: [Double]
    let answers: [Double]
    /// Seconds of round trips on the connections that carry the load.
    let loaded: [Double]

    /// Round trips per minute; nil when one of the three was not measured.
    ///
    /// The draft takes new connections for one half and those under load for the other. Transport
    /// and TLS handshake are one round trip here, so that the first half has two parts, not three.
    var roundTripsPerMinute: Double? {
        guard let handshake = Self.trimmedMean(handshakes),
            let answer = Self.trimmedMean(answers), let loaded = Self.trimmedMean(loaded)
        else { return nil }
        let mean = (handshake + answer) / 4 + loaded / 2
        return mean > 0 ? 60 / mean : nil
    }

    /// The mean without the highest twentieth.
    static func trimmedMean(_ values: [Double]) -> Double? {
        let kept = values.sorted().prefix((values.count * 19 + 19) / 20)
        return kept.isEmpty ? nil : kept.reduce(0, +) / Double(kept.count)
    }
}
