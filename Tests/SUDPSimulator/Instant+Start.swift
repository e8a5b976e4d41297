package import SUDPProtocol

extension Instant {
    /// When every simulation starts: far from zero, as a real monotonic clock is.
    package static let start = Instant(nanoseconds: 1_000_000_000_000)

    /// The time since the start of the simulation.
    package var sinceStart: TimeSpan { self - .start }
}
