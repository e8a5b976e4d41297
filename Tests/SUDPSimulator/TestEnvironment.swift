import Glibc

/// What the environment asks of the simulation tests.
package enum TestEnvironment {
    /// SUDP_TRACE=1: keep and print what happens.
    package static let isTracing = number("SUDP_TRACE") == 1
    /// SUDP_EXHAUSTIVE=1: all cases instead of a sample.
    package static let isExhaustive = number("SUDP_EXHAUSTIVE") == 1
    /// SUDP_SEEDS: how many seeds a sweep runs.
    package static let seedCount = number("SUDP_SEEDS")
    /// SUDP_SEED: the only seed a sweep runs.
    package static let onlySeed = number("SUDP_SEED")

    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }
}
