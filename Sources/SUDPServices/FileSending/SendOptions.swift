internal import Glibc

/// How files are sent.
public struct SendOptions: Sendable {
    /// Whether the receiver is only asked what it would do.
    public var isDryRun = false
    /// The most bytes per second; nil for no limit.
    public var bytesPerSecond: UInt64?
    /// Where the checksums of what the receiver has stored go; nil for nowhere.
    public var checksums: ChecksumList?
    /// How long no byte may move; nil for ever.
    public var idleLimit: Duration?
    /// How long the receiver may take to say that it is one.
    public var greetingLimit: Duration = .seconds(60)
    /// The descriptor that `-` stands for.
    public var standardInput: Int32 = 0
    /// The time of day in seconds since 1970, which a stream gets as its time.
    public var now: @Sendable () -> Int64 = { Int64(time(nil)) }
    /// Hears of every file as soon as its fate is known.
    public var onEvent: @Sendable (FileEvent) -> Void = { _ in }

    /// Sends all that is asked for, as fast as it goes.
    public init() {}
}
