import ArgumentParser

/// Bits per second on the command line: 500K, 50M, 1G.
struct BitRate: ExpressibleByArgument, Equatable {
    let bytesPerSecond: UInt64

    /// Reads a rate of at least a byte per second; nil for anything else.
    init?(argument: String) {
        guard let number = ScaledNumber.parse(argument), number >= 8 else { return nil }
        bytesPerSecond = number / 8
    }
}
