import ArgumentParser
import SUDPServices
import SUDPTransport

/// What a benchmark measures.
struct BenchLoadOptions: ParsableArguments {
    private static let seconds: Duration = .seconds(86_400)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Measure each way for so long; 10 by default.", valueName: "seconds"))
    var time: Seconds?

    @Option(
        name: [.customShort("n"), .customLong("bytes")],
        help: ArgumentHelp(
            "Move so many bytes in place of a time: 500M, 1GiB.", valueName: "count"))
    var byteCount: ByteCount?

    @Option(
        name: [.customShort("P"), .customLong("parallel")],
        help: ArgumentHelp("Share the load among so many connections.", valueName: "count"))
    var flows: Int?

    @Flag(
        name: [.customShort("R"), .customLong("reverse")],
        help: "Measure the download only: the server sends.")
    var downloadsOnly = false

    @Flag(name: .customLong("upload"), help: "Measure the upload only.")
    var uploadsOnly = false

    @Flag(name: .customLong("bidir"), help: "Measure both ways at once.")
    var isBidirectional = false

    @Option(
        name: [.customShort("b"), .customLong("bitrate")],
        help: ArgumentHelp(
            "Send evenly so many bits per second at most: 500K, 50M, 1G.", valueName: "rate"))
    var rate: BitRate?

    @Option(
        name: [.customShort("O"), .customLong("omit")],
        help: ArgumentHelp(
            "Do not count so much at the beginning of each way.", valueName: "seconds"))
    var warmUp: Seconds?

    @Option(
        name: [.customShort("l"), .customLong("length")],
        help: ArgumentHelp(
            "Write so many bytes at once; 128KiB by default, at most 1MiB.", valueName: "bytes"))
    var blockByteCount: ByteCount?

    @Flag(
        name: .customLong("handshakes"),
        help: "Count connections that can be made per second in place of bytes.")
    var countsHandshakes = false

    @Option(
        name: .customLong("compare"),
        help: ArgumentHelp(
            "Measure without encryption, too, in turns: plaintext.", valueName: "mode"),
        completion: .list(["plaintext"]))
    var comparison: String?

    @Option(
        name: .customLong("cc"),
        help: ArgumentHelp(
            "How both sides find the rate: reno, cubic or bbr; several are compared in turns.",
            valueName: "algorithm,…"),
        transform: congestionControls(named:))
    var congestionControls: [CongestionControl] = []

    @Flag(
        name: .customLong("vs-tcp"),
        help: "Measure the kernel's TCP between the same ends, too, in turns.")
    var measuresTCP = false

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Measure so often, and tell the median.", valueName: "count"))
    var repeats: Int?

    func validate() throws {
        try requireOne(("-t", time != nil), ("-n", byteCount != nil))
        try requireOne(
            ("-R", downloadsOnly), ("--upload", uploadsOnly), ("--bidir", isBidirectional),
            ("--handshakes", countsHandshakes))
        for option in ["-n", "-b", "-O", "-l", "--cc", "--vs-tcp"] where countsHandshakes {
            if given.contains(option) {
                throw ValidationError("--handshakes and \(option) exclude each other.")
            }
        }
        if let flows, !(1...BenchConstants.maximumFlows).contains(flows) {
            throw ValidationError("-P is a number from 1 to \(BenchConstants.maximumFlows).")
        }
        if let repeats, !(1...1000).contains(repeats) {
            throw ValidationError("--repeat is a number from 1 to 1000.")
        }
        if let size = blockByteCount?.count, size > BenchConstants.maximumBlockByteCount {
            throw ValidationError("-l is at most 1MiB.")
        }
        if let comparison, comparison != "plaintext" {
            throw ValidationError("--compare knows plaintext only.")
        }
        for (name, time) in [("-t", time), ("-O", warmUp)] {
            guard let time, time.duration > Self.seconds else { continue }
            throw ValidationError("\(name) is at most a day.")
        }
    }

    private static func congestionControls(named names: String) throws -> [CongestionControl] {
        let controls = names.split(separator: ",", omittingEmptySubsequences: false).map {
            CongestionControl(rawValue: String($0))
        }
        guard !controls.contains(nil), Set(controls).count == controls.count else {
            throw ValidationError("--cc is one or more of reno, cubic and bbr, as in cubic,bbr.")
        }
        return controls.compactMap(\.self)
    }

    private func requireOne(_ options: (name: String, isGiven: Bool)...) throws {
        let names = options.filter(\.isGiven).map(\.name)
        guard names.count > 1 else { return }
        throw ValidationError("\(names.joined(separator: " and ")) exclude each other.")
    }

    /// Those of these options that were given.
    var given: [String] {
        [
            ("-t", time != nil), ("-n", byteCount != nil), ("-P", flows != nil),
            ("-R", downloadsOnly), ("--upload", uploadsOnly), ("--bidir", isBidirectional),
            ("-b", rate != nil), ("-O", warmUp != nil), ("-l", blockByteCount != nil),
            ("--handshakes", countsHandshakes), ("--compare", comparison != nil),
            ("--cc", !congestionControls.isEmpty), ("--vs-tcp", measuresTCP),
            ("--repeat", repeats != nil),
        ].filter(\.1).map(\.0)
    }

    /// The plan, but for what is compared.
    var plan: BenchPlan {
        var plan = BenchPlan()
        if downloadsOnly { plan.directions = [.download] }
        if uploadsOnly { plan.directions = [.upload] }
        if isBidirectional { plan.directions = [.both] }
        if let time { plan.duration = time.duration }
        plan.byteCount = byteCount?.count
        plan.flows = flows ?? 1
        plan.bytesPerSecond = rate?.bytesPerSecond
        if let warmUp { plan.warmUp = warmUp.duration }
        if let size = blockByteCount?.count { plan.blockByteCount = Int(clamping: size) }
        plan.countsHandshakes = countsHandshakes
        plan.repeats = repeats ?? 1
        return plan
    }
}
