import ArgumentParser

/// Bytes per second on the command line: 500K, 5M, 1GiB.
struct ByteRate: ExpressibleByArgument, Equatable {
    let bytesPerSecond: UInt64

    /// Reads a rate above 0; nil for anything else.
    init?(argument: String) {
        guard let number = ScaledNumber.parse(argument) else { return nil }
        bytesPerSecond = number
    }
}
