import ArgumentParser

/// Bytes on the command line: 4096, 500K, 1GiB.
struct ByteCount: ExpressibleByArgument, Equatable {
    let count: UInt64

    /// Reads a number above 0; nil for anything else.
    init?(argument: String) {
        guard let number = ScaledNumber.parse(argument) else { return nil }
        count = number
    }
}
