/// Every limit and constant of the protocol, with its source.
public enum Limits {
    // MARK: Datagrams

    /// The protocol version on the wire: "SUD" and 1.
    public static let version: UInt32 = 0x5355_4401
    /// The smallest datagram size every path must carry (RFC 9000 §14.1).
    public static let minimumDatagramSize = 1200
    /// The largest UDP payload over IPv4.
    public static let maximumDatagramSize = 65_507
    /// The longest train: one GSO send.
    public static let trainByteCount = 65_507
    /// The most datagrams in a train: the kernel's UDP_MAX_SEGMENTS.
    public static let trainSegmentCount = 64
    /// The length of the connection IDs that this implementation chooses.
    public static let connectionIDByteCount = 8

    // MARK: Opening

    /// Bytes to an unvalidated address per byte received from it (RFC 9000 §8.1).
    public static let amplificationFactor = 3
    /// Half-open connections from which on RETRY is demanded.
    public static let halfOpenBeforeRetry = 64
    /// Half-open connections of a source that proved its address, and likewise unproven ones.
    static let halfOpenPerSource = 32
    /// New connections per source address and second before RETRY is demanded, and the burst.
    static let newConnectionsPerSecond = 20.0
    static let newConnectionsBurst = 50.0
    /// Source addresses whose rate is remembered.
    static let sourcesRemembered = 4096
    /// How many of them are looked at for one to be forgotten.
    static let sourcesExamined = 8
    /// How long a RETRY token is good for.
    static let retryTokenLifetime = TimeSpan.seconds(15)
    /// How long a server keeps a half-open connection, and while RETRY is on.
    static let halfOpenTimeout = TimeSpan.seconds(30)
    static let halfOpenTimeoutUnderLoad = TimeSpan.seconds(10)
    /// How long a client waits for progress before it starts afresh.
    static let freshStartTimeout = TimeSpan.seconds(10)
    /// Stream bytes in EARLY packets that a server takes at most, before it knows the client's
    /// address and whether it heard them before.
    public static let earlyDataMaximum: UInt64 = 14_336
    /// Versions of a peer without ours that are reported.
    static let versionsReported = 8
    /// Handshake bytes accepted per space, in all and ahead of order.
    static let cryptoBytesMaximum: UInt64 = 64 * 1024
    /// The longest RETRY token accepted.
    static let tokenByteCountMaximum = 256

    // MARK: Acknowledgement and recovery

    /// ACK ranges kept and sent; ranges accepted in one frame.
    static let ackRangesKept = 64
    static let ackRangesAccepted = 256
    /// How long an acknowledgement may wait.
    static let maxAckDelay = TimeSpan.milliseconds(25)
    /// The largest ack delay a peer may announce (RFC 9000 §18.2).
    static let maxAckDelayAccepted: UInt64 = 1 << 14
    /// Ack-eliciting packets that are acknowledged together when they come singly.
    static let packetsPerAck = 2
    /// The acknowledgements of a steady flow per round trip, and the packets of each at most; an
    /// own rule.
    static let acksPerRoundTrip: UInt64 = 16
    static let steadyPacketsPerAck: UInt64 = 32
    /// Packets after a gap or a late packet that are acknowledged as often as those of the start.
    static let packetsAfterGap = 8
    /// How long datagrams of a steady flow may lie unread so that they are taken together: a part
    /// of the round trip, the time of so many packets, and never longer.
    static let unreadDivisor: UInt64 = 16
    static let unreadPackets: UInt64 = 32
    static let unreadMaximum = TimeSpan.milliseconds(1)
    /// Packets without anything to acknowledge after which a PING asks for an acknowledgement.
    static let nonElicitingBeforePing = 19
    /// The clock's granularity for timers (RFC 9002 §6.1.2).
    static let granularity = TimeSpan.milliseconds(1)
    /// The round-trip time before the first sample (RFC 9002 §6.2.2).
    static let initialRTT = TimeSpan.milliseconds(333)
    /// Later packets acknowledged before an earlier one counts as lost (RFC 9002 §6.1.1).
    static let packetThreshold = 3
    /// The longest probe timeout while the peer was heard recently; differs from RFC 9002 so that
    /// a stream goes on within seconds after an outage.
    static let probeTimeoutMaximum = TimeSpan.seconds(3)
    /// Ack-eliciting packets per probe timeout (RFC 9002 §6.2.4).
    static let probePackets = 2
    /// Rounds after which the reordering window shrinks again (RFC 8985 §6.2).
    static let reorderingPersistence = 16
    /// Span of persistent congestion in probe timeouts (RFC 9002 §7.6.1).
    static let persistentCongestionThreshold: UInt64 = 3
    /// Packet numbers of sent packets remembered at most.
    static let sentPacketsRemembered = 65_536
    /// The span of packet numbers in which one is skipped, to catch optimistic acknowledgements.
    static let skipSpanMinimum: UInt64 = 20
    static let skipSpanMaximum: UInt64 = 100_000
    /// The skipped numbers remembered: they lie at least half a window apart.
    static let skipsRemembered = 4

    // MARK: Congestion

    /// The initial and the smallest congestion window, in packets (RFC 9002 §7.2).
    static let initialWindowPackets = 10
    static let minimumWindowPackets = 2
    /// The largest congestion window, in packets.
    static let maximumWindowPackets = 40_000
    /// Packets and bytes that pacing may release at once.
    static let pacingBurstPackets = 10
    static let pacingBurstBytes = 64 * 1024
    /// The bytes that may be sent at once where they take less than 0.25 ms.
    static let pacingFastBurstBytes = 256 * 1024
    /// Between two bursts lies this part of the round trip, within bounds.
    static let pacingIntervalDivisor: UInt64 = 16
    static let pacingIntervalMinimum = TimeSpan.microseconds(250)
    static let pacingIntervalMaximum = TimeSpan.milliseconds(1)

    // MARK: ECN

    /// The packets that try whether a path carries ECN bits (RFC 9000 §13.4.2).
    static let ecnTestPackets: UInt64 = 10

    // MARK: Path MTU

    /// The UDP payload of an Ethernet frame over IPv4: the first size that is probed for.
    static let ethernetDatagramSize = 1472
    /// Probes of one size that are lost before the size counts as too large (RFC 8899 §5.1.2).
    static let pathMTUProbes = 3
    /// The search for a size ends this close to one that is too large, in bytes.
    static let pathMTUStep = 20
    /// How long after a search, in vain or not, the path is asked again (RFC 8899 §5.1.1).
    static let pathMTURaiseInterval = TimeSpan.seconds(600)
    /// Losses and timeouts without a large datagram arriving that make a black hole.
    static let blackHoleLosses = 3
    /// How long after a black hole the path is asked again for the first time.
    static let pathMTUPause = TimeSpan.seconds(5)

    // MARK: CUBIC

    /// The constants C and beta of the curve (RFC 9438 §4.1, §4.6).
    static let cubicScalePercent = 40
    static let cubicReductionPercent = 70
    /// Growth of the round trip that slows slow start: a part of it within bounds (RFC 9406 §4.3).
    static let hystartThresholdMinimum = TimeSpan.milliseconds(4)
    static let hystartThresholdMaximum = TimeSpan.milliseconds(16)
    static let hystartDivisor: UInt64 = 8
    /// The samples of a round that are needed to judge it.
    static let hystartSamples = 8
    /// How much slower the window then grows, and for how many rounds.
    static let hystartGrowthDivisor = 4
    static let hystartConservativeRounds = 5

    // MARK: BBR

    /// Multiples of the bandwidth at which it sends (draft-ietf-ccwg-bbr §2.4).
    static let bbrStartupGainPercent = 277
    static let bbrDrainGainPercent = 50
    static let bbrUpGainPercent = 125
    static let bbrDownGainPercent = 90
    /// By how much less it sends, so that queues drain.
    static let bbrPacingMarginPercent = 1
    /// Multiples of what fills the path that may be in flight.
    static let bbrWindowGainPercent = 200
    static let bbrUpWindowGainPercent = 225
    static let bbrProbeRTTGainPercent = 50
    static let bbrMinimumWindowPackets = 4
    /// Bursts that may be in flight on a path too short for more.
    static let bbrQuantaInFlight = 3
    /// Growth that shows that the path was not full, and the rounds without it that it takes.
    static let bbrGrowthPercent = 125
    static let bbrFullRounds = 3
    /// The rounds after which it stops draining what the start left.
    static let bbrDrainRounds: UInt64 = 3
    /// Losses that are too many: their share, and their number in a round of the start.
    static let bbrLossThresholdPercent = 2
    static let bbrStartupLosses = 6
    /// What losses leave of the bounds, and what is left unused below the long-term one.
    static let bbrReductionPercent = 70
    static let bbrHeadroomPercent = 15
    /// The round trip from which on losses mean congestion, in relation to the smallest one; an
    /// own rule.
    static let bbrQueueGrowthPercent: UInt64 = 125
    /// The round trip up to which a probe's queue counts as gone, in relation to the smallest one;
    /// an own rule.
    static let bbrQueueGonePercent: UInt64 = 150
    /// The round trip, in relation to the smallest one, from which on flows are taken to overrate
    /// what they get; an own rule.
    static let bbrQueueLongPercent: UInt64 = 200
    /// The share of random losses that is made up for, its smoothing, and the rounds after a probe
    /// that say nothing of it; an own rule.
    static let bbrLossMakeupPercent = 20
    static let bbrLossSmoothing = 8
    static let bbrSettlingRounds: UInt64 = 3
    /// The packets of probes that show whether losses come from their rate, and for how many probes
    /// that is believed; an own rule.
    static let bbrPolicerPackets = 64
    static let bbrPolicerProbes = 8
    /// The rounds after which a probe looks for the cause of losses.
    static let bbrUrgentProbeRounds: UInt64 = 8
    /// How long the smallest round trip holds, when it is sought again, and for how long.
    static let bbrMinimumRTTWindow = TimeSpan.seconds(10)
    static let bbrProbeRTTInterval = TimeSpan.seconds(5)
    static let bbrProbeRTTDuration = TimeSpan.milliseconds(200)
    /// A round trip that exceeds the smallest by no more than this part of it puts the search off;
    /// an own rule.
    static let bbrNearMinimumDivisor: UInt64 = 32
    /// The wait between probes for bandwidth, its random part, and its limit in round trips.
    static let bbrProbeWaitMinimum = TimeSpan.seconds(2)
    static let bbrProbeWaitSpread = TimeSpan.seconds(1)
    static let bbrProbeRoundsMaximum: UInt64 = 63
    /// The rounds in which acknowledgements that come in bunches are remembered.
    static let bbrAggregationRounds: UInt64 = 10

    /// A round trip so many times the empty path's, and so much longer, though this flow had little
    /// in flight: others keep the queue full.
    static let competitionQueueFactor: UInt64 = 3
    static let competitionQueueMinimum = TimeSpan.milliseconds(20)
    /// When a search without that result is repeated; twice as late every time.
    static let competitionFirstWait = TimeSpan.seconds(1)
    /// How often it is looked whether they still do, since that gives the queue to them.
    static let competitionProbeInterval = TimeSpan.seconds(20)
    /// How long the empty path's round trip is believed in.
    static let competitionMemory = TimeSpan.seconds(60)

    // MARK: Stream

    /// The largest offset of a stream byte (RFC 9000 §19.8: 62-bit).
    static let streamOffsetMaximum: UInt64 = 1 << 62 - 1
    /// The smallest receive window: a quarter of it, the step in which it is announced, is a
    /// datagram.
    static let receiveWindowMinimum: UInt64 = 4 * 1200
    /// A MAX_DATA that raises the limit by less is useless.
    static let maxDataStepMinimum: UInt64 = 1200
    /// The receive window at the start, in bytes.
    public static let initialReceiveWindow: UInt64 = 256 * 1024
    /// The receive window at most, in bytes.
    public static let maximumReceiveWindow: UInt64 = 32 * 1024 * 1024
    /// The bytes that may wait in a send buffer.
    public static let sendBufferLimit = 48 * 1024 * 1024
    /// The bytes that may wait in any case, and beyond them in relation to what is in flight: holes
    /// keep what was sent after them.
    static let sendBufferMinimum = 4 * 1024 * 1024
    static let sendBufferFlights = 3
    /// Holes in the received stream before data that would make another one is dropped.
    static let reassemblyGaps = 512
    /// The size of the blocks in which received bytes are put together.
    static let receiveBlockByteCount = 256 * 1024

    // MARK: Keys

    /// Packets under one key before a routine key update.
    public static let keyUpdateInterval: UInt64 = 1 << 20
    /// Packets under one key at which the connection ends (RFC 9001 §6.6).
    static let confidentialityLimit: UInt64 = 1 << 23
    /// Forged packets after which the connection ends (RFC 9001 §6.6).
    static let integrityLimit: UInt64 = 1 << 23

    // MARK: End

    /// The linger after success, in probe timeouts, and its bounds.
    static let lingerProbeTimeouts: UInt64 = 8
    static let lingerMinimum = TimeSpan.seconds(2)
    static let lingerMaximum = TimeSpan.seconds(10)
    /// The longest reason in a CLOSE frame, in bytes.
    static let closeReasonByteCount = 512
    /// The largest code of an application: what a variable-length integer holds.
    static let applicationCodeMaximum: UInt64 = 1 << 62 - 1
    /// Useless frames tolerated at once and per second.
    static let uselessFramesBurst = 10_000.0
    static let uselessFramesPerSecond = 330.0
    /// A stateless reset's shortest and longest length, and how many are sent per second.
    static let resetByteCountMinimum = 21
    static let resetByteCountMaximum = 41
    static let resetsPerSecond = 100.0
}
